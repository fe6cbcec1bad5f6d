"""Events of the UCDP Georeferenced Event Dataset: context that is tied to nothing until somebody ties it.

What is kept: identity, kind of violence, the names of the conflict and of its sides, days, deaths and
coarse places. What is not: headlines, offices and articles of the sources and what they call the
source, because they name individuals; the free description of the place, the settlement and the
coordinates, because published places are coarse. Each event cites the dataset and its own number in it.
"""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from negotiations.rules.codes import ImportKind, IncidentType, SourceKind

from ..desk import Desk
from ..table import Row, Table
from .incident import INCIDENT
from .mapping import translated

PUBLISHER = "Uppsala Conflict Data Program (UCDP)"
DATASET = "UCDP Georeferenced Event Dataset (GED), licensed CC BY 4.0"
ADDRESS = "https://ucdp.uu.se/downloads/"
# How UCDP codes who fights whom; an act of violence is never more than what a coder read in reports.
VIOLENCE = {
    "1": ("state-based conflict", IncidentType.ARMED_CLASH),
    "2": ("non-state conflict", IncidentType.ARMED_CLASH),
    "3": ("one-sided violence against civilians", IncidentType.ATTACK_ON_CIVILIANS),
}
# From which precision on a place is not known to the district, and not to the province.
NO_DISTRICT, NO_PROVINCE = 4, 6
TITLE, PLACE = 200, 160


def event(row: Row) -> tuple[dict[str, str], str]:
    """One event as an alleged incident without conditions."""
    cells = {name: whole(value) for name, value in row.cells.items()}
    key, dyad = cells["id"], cells["dyad_name"] or cells["conflict_name"]
    violence, kind = VIOLENCE.get(cells["type_of_violence"], ("", IncidentType.OTHER))
    deaths, remark = deaths_of(cells)
    return {
        "type": kind if violence else cells["type_of_violence"],
        "title": titled(dyad, cells["country"], f"UCDP {key}"),
        "text": told(cells, violence),
        **deaths,
        "place": place_of(cells)[:PLACE],
        "where_prec": cells["where_prec"],
        "date_prec": cells["date_prec"],
        "happened_at": cells["date_start"],
        "ended_at": "" if cells["date_end"] == cells["date_start"] else cells["date_end"],
        "source_publisher": PUBLISHER,
        "source_title": DATASET,
        "source_url": ADDRESS,
        "source_kind": SourceKind.DATASET,
        "locator": f"event {key}, {cells['relid']}"[:120],
    }, remark


def whole(cell: str) -> str:
    """A number of the dataset as it is meant: it writes 1.0 for 1."""
    return cell[:-2] if cell.endswith(".0") and cell[:-2].lstrip("-").isdigit() else cell


def deaths_of(cells: dict[str, str]) -> tuple[dict[str, str], str]:
    """The three estimates; a bound that contradicts the best one stays in words alone."""
    deaths = {f"deaths_{name}": cells[name] for name in ("low", "best", "high")}
    if not all(value.isdigit() for value in deaths.values()):
        return deaths, ""
    low, best, high = (int(value) for value in deaths.values())
    remark = ""
    if not low <= best <= high:
        remark = _(
            "UCDP gives low %(low)s, best %(best)s, high %(high)s; what contradicts the best stands in words only."
        )
        remark %= {"low": low, "best": best, "high": high}
        deaths["deaths_low"] = deaths["deaths_low"] if low <= best else ""
        deaths["deaths_high"] = deaths["deaths_high"] if high >= best else ""
    return deaths, remark


def titled(dyad: str, country: str, key: str) -> str:
    """Who, where, and the number of the event, which stays whole whatever the length of the names."""
    end = f", {country} ({key})"
    room = TITLE - len(end)
    return (dyad if len(dyad) <= room else f"{dyad[: room - 1]}…") + end


def place_of(cells: dict[str, str]) -> str:
    """District, province and country, as far as the precision of the place bears it out."""
    precision = int(cells["where_prec"]) if cells["where_prec"].isdigit() else NO_PROVINCE
    district = cells["adm_2"] if precision < NO_DISTRICT else ""
    province = cells["adm_1"] if precision < NO_PROVINCE else ""
    return ", ".join(part for part in (district, province, cells["country"]) if part)


def told(cells: dict[str, str], violence: str) -> str:
    """What the dataset says of the event, in its own terms."""
    counted = ", ".join(
        f"{words} {cells[name]}"
        for words, name in (
            ("side A", "deaths_a"),
            ("side B", "deaths_b"),
            ("civilians", "deaths_civilians"),
            ("unknown", "deaths_unknown"),
        )
    )
    sources = cells["number_of_sources"]
    lines = [
        f"UCDP GED event {cells['id']} ({cells['relid']}), coded as {violence}.",
        f"Conflict: {cells['conflict_name']}. Side A: {cells['side_a']}. Side B: {cells['side_b']}.",
        f"Deaths as coded: {counted}; low {cells['low']}, best {cells['best']}, high {cells['high']}.",
        f"Event clarity {cells['event_clarity']}; reports used: {'not recorded' if sources == '-1' else sources}.",
    ]
    return "\n".join(lines)


def translate(table: Table, _desk: Desk) -> Table:
    return translated(table, event)


THEIRS = (
    "id", "relid", "type_of_violence", "conflict_name", "dyad_name", "side_a", "side_b", "number_of_sources",
    "where_prec", "adm_1", "adm_2", "country", "event_clarity", "date_prec", "date_start", "date_end",
    "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high", "low",
)  # fmt: skip
UCDP_GED = replace(
    INCIDENT,
    kind=ImportKind.UCDP_GED,
    key=("title",),
    translate=translate,
    theirs=THEIRS,
    origin=gettext_noop(
        "Bring the table as it is published: “UCDP Georeferenced Event Dataset (GED) Global”, "
        "version 23.1 or one with the same columns, as CSV, from ucdp.uu.se/downloads."
    ),
    follows=True,
    called={
        "type": "type_of_violence",
        "title": "id",
        "deaths_low": "low",
        "deaths_best": "best",
        "deaths_high": "high",
        "happened_at": "date_start",
        "ended_at": "date_end",
        "place": "adm_1",
        "locator": "relid",
    },
)
