"""Incidents: alleged events, how far each has been looked into, and counts that are never one number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from negotiations.models import Condition, Incident
from negotiations.rules.codes import IncidentStatus, IncidentType, Severity
from negotiations.rules.incidents import STANDING, Standing, Tally, count
from negotiations.rules.incidents import Incident as Counted
from negotiations.rules.precision import date_precision, place_precision

from .cited import sources_by_item
from .entry_lines import EntryLine
from .item_history import item_history
from .notes import NoteLine, notes_on
from .people import Who, who
from .reckoning import label_of
from .scene import Scene, also
from .shaken import shaken_of
from .source_lines import SourceLine
from .words import Words, words_of


@dataclass(frozen=True, slots=True)
class Touched:
    """A condition that an incident is said to touch."""

    ref: str
    title: Words
    status: str
    status_label: str


@dataclass(frozen=True, slots=True)
class IncidentLine:
    """An incident as a row: who alleges it is always said, and deaths are a range.

    `retracted` names sources taken back under its status.
    """

    pk: int
    ref: str
    title: Words
    type: str
    type_label: str
    status: str
    status_label: str
    standing: Standing
    severity: str
    severity_label: str
    alleged_by: Who | None
    responsible: Who | None
    deaths: tuple[int | None, int | None, int | None]
    place: Words
    place_precision: str
    happened_at: datetime
    date_precision: str
    conditions: tuple[Touched, ...]
    sources: tuple[SourceLine, ...]
    marking: str
    retracted: tuple[str, ...]

    @property
    def has_deaths(self) -> bool:
        return any(number is not None for number in self.deaths)


@dataclass(frozen=True, slots=True)
class CountRow:
    """How many incidents one claimant's allegations stand at; `who` is None where nobody is named."""

    who: Who | None
    cells: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Counting:
    """The counts by standing, together and by who alleges."""

    standings: tuple[Standing, ...]
    overall: tuple[int, ...]
    rows: tuple[CountRow, ...]
    unlinked: int


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """The incidents of one place, by standing."""

    place: Words
    cells: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class IncidentPage:
    """Everything the page of an incident shows."""

    line: IncidentLine
    text: Words
    ended_at: datetime | None
    found_by: Who | None
    found_at: datetime | None
    finding: str
    history: tuple[EntryLine, ...]
    notes: tuple[NoteLine, ...]


def incident_lines(scene: Scene) -> list[IncidentLine]:
    """The incidents that had happened by the scene's moment, newest first."""
    also(scene, Incident)
    rows = happened(scene)
    cited = sources_by_item(scene, rows)
    return [_line(scene, row, cited.get(row.public_id, ())) for row in rows]


def happened(scene: Scene) -> list[Incident]:
    """What was loaded of incidents and had happened by the scene's moment, newest first."""
    rows = [row for row in scene.all(Incident) if row.happened_at <= scene.at]
    return sorted(rows, key=lambda row: (row.happened_at, row.pk), reverse=True)


def incident_page(scene: Scene, row: Incident) -> IncidentPage:
    """Read everything the page shows of one incident."""
    has_finding = row.found_at is not None and row.found_at <= scene.at
    return IncidentPage(
        line=_line(scene, row, sources_by_item(scene, [row]).get(row.public_id, ())),
        text=words_of(row, "text"),
        ended_at=row.ended_at,
        found_by=who(scene, row.found_by_id) if has_finding else None,
        found_at=row.found_at if has_finding else None,
        finding=row.finding if has_finding else "",
        history=tuple(item_history(scene, row)),
        notes=tuple(notes_on(scene, row)),
    )


def counting(lines: Iterable[IncidentLine]) -> Counting:
    """Count lines by standing and claimant; what is tied to no condition is apart, as context."""
    rows = list(lines)
    counts = count(
        Counted(
            line.pk,
            line.status,
            line.alleged_by.pk if line.alleged_by else None,
            tuple(one.ref for one in line.conditions),
        )
        for line in rows
    )
    people = {line.alleged_by.pk: line.alleged_by for line in rows if line.alleged_by}
    shown: tuple[Standing, ...] = (Standing.ALLEGED, Standing.UNDER_INQUIRY, Standing.CONFIRMED)
    shown += tuple(one for one in Standing if one not in shown and counts.overall[one])
    found = [
        CountRow(people.get(key) if isinstance(key, int) else None, _cells(tally, shown))
        for key, tally in counts.by_claimant.items()
    ]
    found.sort(key=lambda row: (row.who is None, row.who is not None and not row.who.is_party, _name(row.who)))
    return Counting(shown, _cells(counts.overall, shown), tuple(found), counts.unlinked)


def places(lines: Iterable[IncidentLine], standings: tuple[Standing, ...]) -> list[PlaceRow]:
    """Where incidents are said to have happened, as coarse as they were recorded."""
    found: dict[str, list[IncidentLine]] = {}
    for line in lines:
        if line.place:
            found.setdefault(line.place.text, []).append(line)
    return [
        PlaceRow(mine[0].place, tuple(sum(line.standing is one for line in mine) for one in standings))
        for _place, mine in sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    ]


def _cells(tally: Tally, shown: tuple[Standing, ...]) -> tuple[int, ...]:
    return tuple(tally[one] for one in shown)


def _name(who: Who | None) -> str:
    return who.name.text if who else ""


def _line(scene: Scene, row: Incident, sources: tuple[SourceLine, ...]) -> IncidentLine:
    return IncidentLine(
        pk=row.pk,
        ref=row.ref,
        title=words_of(row, "title"),
        type=row.type,
        type_label=IncidentType(row.type).label,
        status=row.status,
        status_label=IncidentStatus(row.status).label,
        standing=STANDING[IncidentStatus(row.status)],
        severity=row.severity,
        severity_label=Severity(row.severity).label if row.severity else "",
        alleged_by=who(scene, row.alleged_by_id),
        responsible=who(scene, row.alleged_responsible_id),
        deaths=(row.deaths_low, row.deaths_best, row.deaths_high),
        place=words_of(row, "place"),
        place_precision=place_precision(row.where_prec),
        happened_at=row.happened_at,
        date_precision=date_precision(row.date_prec),
        conditions=tuple(_touched(scene, row)),
        sources=sources,
        marking=row.marking,
        retracted=shaken_of(scene).get(row.public_id, ()),
    )


def _touched(scene: Scene, row: Incident) -> list[Touched]:
    rows = scene.by_id(Condition)
    found = [rows[pk] for pk in scene.of(Incident, "conditions", row.pk) if pk in rows]
    return [Touched(one.ref, words_of(one, "title"), one.status, label_of(one.status, one.kind)) for one in found]
