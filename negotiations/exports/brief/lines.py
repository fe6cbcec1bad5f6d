"""The rows of a brief's lists, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from negotiations.rules.codes import Stance
from negotiations.rules.gap import gap
from negotiations.selectors.agenda import AgendaLine
from negotiations.selectors.also_required import AlsoRequired
from negotiations.selectors.disputes import Cell, DisputeLine
from negotiations.selectors.distance import distance
from negotiations.selectors.reckoning import ConditionLine
from negotiations.selectors.step_words import plain

# The places on the ruler; silent and unknown stand off it.
RULER = (Stance.REJECTS, Stance.UNDECIDED, Stance.ACCEPTS_WITH_CONDITIONS, Stance.ACCEPTS)


@dataclass(frozen=True, slots=True)
class ConditionRow:
    """An entry condition: glyph and word of its status, how much of it, and how its status is graded."""

    ref: str
    title: str
    status: str
    status_label: str
    quantity: str
    flag: str
    grade: str


@dataclass(frozen=True, slots=True)
class AlsoRow:
    """What actors require beside the text, in a sentence, and what of it is unmet: ref, title and flag of each."""

    sentence: str
    unmet: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Side:
    """A party on a dispute's ruler: `place` 0 to 3, None off it; `placed` where an analyst put it, 1 to 5."""

    short: str
    name: str
    label: str
    place: int | None
    placed: int | None


@dataclass(frozen=True, slots=True)
class DisputeRow:
    """An open dispute with where each party stands; `gap` in a word where the negotiation shows gaps."""

    ref: str
    title: str
    status_label: str
    sides: tuple[Side, ...]
    gap: str
    flag: str


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A change of the last days, and the grade of its best source."""

    day: str
    words: str
    grade: str


@dataclass(frozen=True, slots=True)
class DateRow:
    """What falls due, opens or closes, and how far ahead that is."""

    day: str
    words: str
    away: str


def also_row(one: AlsoRequired) -> AlsoRow:
    named = (gate.condition for gate in one.open_gates)
    return AlsoRow(one.sentence, tuple((row.ref, row.title.here, joined(taken_back(row.retracted))) for row in named))


def condition_row(line: ConditionLine, grade: str) -> ConditionRow:
    return ConditionRow(
        ref=line.ref,
        title=line.title.here,
        status=line.status,
        status_label=line.status_label,
        quantity=quantity_of(line),
        flag=joined(flags_of(line)),
        grade=grade,
    )


def flags_of(line: ConditionLine) -> list[str]:
    """What a reader of the status has to know besides it."""
    overdue = [_("overdue")] if line.is_overdue else []
    return overdue + taken_back(line.retracted)


def taken_back(refs: Iterable[str]) -> list[str]:
    """A flag for each retracted source under a status."""
    return [_("source retracted: %(ref)s") % {"ref": ref} for ref in refs]


def joined(flags: Iterable[str]) -> str:
    return " · ".join(flags)


def quantity_of(line: ConditionLine) -> str:
    """How much of how much; the day since which the status holds where nothing is counted."""
    unit = line.unit.here
    if line.value is not None and line.target is not None:
        words = _("%(met)s of %(total)s") % {"met": plain(line.value), "total": plain(line.target)}
        return f"{words} {unit}".strip()
    if line.value is not None:
        return f"{plain(line.value)} {unit}".strip()
    return _("since %(day)s") % {"day": short_day(line.status_since)} if line.status_since else ""


def dispute_row(line: DisputeLine, *, shows_gap: bool) -> DisputeRow:
    placed = [cell.position.placement for cell in line.cells if cell.position and cell.position.placement]
    found = gap(placed) if shows_gap else None
    return DisputeRow(
        ref=line.ref,
        title=line.title.here,
        status_label=line.status_label,
        sides=tuple(_side(cell, shows_gap=found is not None) for cell in line.cells),
        gap=found.label if found else "",
        flag=joined(taken_back(line.retracted)),
    )


def _side(cell: Cell, *, shows_gap: bool) -> Side:
    said = cell.position
    stance = Stance(said.stance) if said else None
    return Side(
        short=cell.who.short,
        name=cell.who.name.here,
        label=said.stance_label if said else _("No stated position"),
        place=RULER.index(stance) if stance in RULER else None,
        placed=said.placement if said and shows_gap else None,
    )


def date_row(line: AgendaLine, at: datetime) -> DateRow:
    words = f"{line.ref} {line.title.here}".strip()
    return DateRow(short_day(line.at, at), f"{words} · {line.note}" if line.note else words, distance(line.at, at))


def short_day(moment: datetime, beside: datetime | None = None) -> str:
    """The day without its year where that is the year of the moment beside it."""
    local = localtime(moment)
    is_same = beside is not None and localtime(beside).year == local.year
    return str(date_format(local, "j M" if is_same else "j M Y"))
