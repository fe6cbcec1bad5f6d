"""Counts of ceasefire violations that the OSCE monitors published, as claims of the mission.

A count is what the mission says it recorded, never a number of incidents. Words such as "around"
and "over" stand in the claim's text, where a number alone would lose them.
"""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from negotiations.models import Actor
from negotiations.rules.codes import ClaimKind, ImportKind, SourceKind

from ..desk import Desk
from ..problems import FileRefused, Problem
from ..table import Row, Table
from .claim import CLAIM
from .mapping import translated

PUBLISHER = "OSCE Special Monitoring Mission to Ukraine"
# What the mission may be called in the negotiation; the first that is known there.
CLAIMANTS = (PUBLISHER, "OSCE SMM", "SMM", "OSCE")
UNIT = "ceasefire violations"
WEEKLY = "per week"
EXACT = "exact"
OVER = "over"


def count(row: Row, claimant: str) -> tuple[dict[str, str], str]:
    """One figure of one report as a measurement by the mission, resting on that report."""
    cells = row.cells
    unit = f"{UNIT} a week" if WEEKLY in cells["note"].lower() else UNIT
    value, qualifier = cells["ceasefire_violations"], cells["qualifier"]
    return {
        "claimant": claimant,
        "kind": ClaimKind.MEASUREMENT,
        "text": told(cells["of_which_explosions"], value, qualifier, unit),
        "text_language": "en",
        # "Over 18,000" is a figure and a lower bound; nothing is said of how much it was at most.
        "value_low": value if qualifier == OVER else "",
        "value_best": value,
        "unit": unit,
        "period_start": cells["period_start"],
        "period_end": f"{cells['period_end']}T23:59:59",
        "said_at": cells["report_date"],
        "source_publisher": PUBLISHER,
        "source_title": cells["source_report"],
        "source_kind": SourceKind.MONITORING_REPORT,
        "source_published_at": cells["report_date"],
        "quote": cells["source_sentence"],
        "quote_language": "en",
        "locator": cells["source_report_id"],
    }, ""


def told(explosions: str, value: str, qualifier: str, unit: str) -> str:
    """The figure in words, with the reservation that the report puts on it."""
    figure = grouped(value) if qualifier == EXACT or not qualifier else f"{qualifier} {grouped(value)}"
    more = f", among them explosions: {grouped(explosions)}" if explosions else ""
    return f"The mission recorded {figure} {unit}{more}."


def grouped(number: str) -> str:
    return f"{int(number):,}" if number.isdigit() else number


def translate(table: Table, desk: Desk) -> Table:
    """Rows of claims. Raises FileRefused where the mission has no role: said once, because it is wrong in each row."""
    known = desk.names(Actor)
    claimant = next((name for name in CLAIMANTS if known.get(name.casefold())), None)
    if claimant is None:
        wrong = _("The mission that counted, “%(name)s”, has no role in this negotiation.") % {"name": CLAIMANTS[1]}
        advice = _(
            "Enter it first under “Seat a third party”, as a new actor called “%(name)s” with the role “Monitor”."
        )
        raise FileRefused([Problem(0, "", wrong, advice % {"name": CLAIMANTS[1]})])
    return translated(table, lambda row: count(row, claimant))


OSCE_SMM = replace(
    CLAIM,
    kind=ImportKind.OSCE_SMM,
    key=("claimant", "said_at", "period_start"),
    translate=translate,
    theirs=(
        "source_report_id", "source_report", "report_date", "period_start", "period_end", "ceasefire_violations",
        "qualifier", "of_which_explosions", "source_sentence", "note",
    ),
    origin=gettext_noop(
        "This is no published dataset but one row for each count in a status report of the OSCE Special Monitoring "
        "Mission to Ukraine, under: %(names)s."
    ),
    called={
        "value_best": "ceasefire_violations",
        "value_low": "ceasefire_violations",
        "said_at": "report_date",
        "source_title": "source_report",
        "source_published_at": "report_date",
        "quote": "source_sentence",
        "locator": "source_report_id",
    },
)  # fmt: skip
