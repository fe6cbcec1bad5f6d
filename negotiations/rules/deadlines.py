"""Due, overdue, met late: deadlines of conditions at a moment, and the earliest start of a phase."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from django.utils.translation import gettext as _

from .anchors import (
    NOTHING,
    DeadlineRefused,
    Event,
    Happening,
    Moment,
    Schedule,
    Term,
    resolve,
    shift,
    terms_of,
    what_happened,
)
from .codes import Anchor
from .facts import Condition, Key, Link, Phase, reading_order

FORTNIGHT = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Deadline:
    """A condition's due moment and how it stands to it; lengths of time are as of the moment asked about.

    `overdue_by` counts from the moment in force, `overdue_by_text` from the one before extension.
    `flips_at` is when the overdue flag next changes by the mere passing of time.
    """

    condition: Key
    moment: Moment = NOTHING
    long_stop_at: datetime | None = None
    overdue_by: timedelta | None = None
    overdue_by_text: timedelta | None = None
    late_by: timedelta | None = None
    late_by_text: timedelta | None = None
    is_past_long_stop: bool = False
    flips_at: datetime | None = None

    @property
    def is_overdue(self) -> bool:
        return self.overdue_by is not None

    @property
    def is_met_late(self) -> bool:
        return self.late_by is not None


@dataclass(frozen=True, slots=True)
class EarliestStart:
    """The earliest moment at which the offsets of the text let a phase start, and what decides it.

    `after` is the open anchor at the end of the chain, None where the moment is firm.
    """

    at: datetime
    after: Happening | None = None


def schedule_of(
    conditions: Iterable[Condition],
    phases: Iterable[Phase],
    links: Iterable[Link] = (),
    *,
    at: datetime,
    entry_into_force_at: datetime | None = None,
    zone: tzinfo | None = None,
) -> dict[Happening, Moment]:
    """Return every due moment, planned start and planned end, resolved as things stand at `at`."""
    items, steps = tuple(conditions), tuple(phases)
    past = what_happened(items, steps, entry_into_force_at=entry_into_force_at, at=at)
    return resolve(terms_of(items, steps, links, entry_into_force_at=entry_into_force_at, at=at), past, zone=zone)


def deadline(condition: Condition, schedule: Schedule, *, at: datetime) -> Deadline:
    """Return how a condition stands to its due moment at `at`.

    Overdue: the moment has passed and it is neither met, waived nor superseded; somebody's report
    that it is met does not end it. Met late is told of conditions that are met now or were.
    """
    moment = schedule.get(Happening(Event.MET, condition.id), NOTHING)
    met_at = condition.became_met_at
    open_ = not condition.is_settled
    ahead = [point for point in (moment.at, condition.long_stop_at) if open_ and point and point >= at]
    return Deadline(
        condition=condition.id,
        moment=moment,
        long_stop_at=condition.long_stop_at,
        overdue_by=_after(at, moment.at) if open_ else None,
        overdue_by_text=_after(at, moment.by_text) if open_ else None,
        late_by=_after(met_at, moment.at),
        late_by_text=_after(met_at, moment.by_text),
        is_past_long_stop=open_ and _after(at, condition.long_stop_at) is not None,
        flips_at=min(ahead, default=None),
    )


def deadlines(conditions: Iterable[Condition], schedule: Schedule, *, at: datetime) -> dict[Key, Deadline]:
    """Return the deadline of every condition that has a due moment, an open anchor or a long-stop."""
    found = {item.id: deadline(item, schedule, at=at) for item in conditions}
    return {key: one for key, one in found.items() if one.moment is not NOTHING or one.long_stop_at}


def is_overdue(condition: Condition, schedule: Schedule, *, at: datetime) -> bool:
    """Return whether the due moment in force has passed and the condition is still open."""
    return deadline(condition, schedule, at=at).is_overdue


def coming(
    conditions: Iterable[Condition], schedule: Schedule, *, at: datetime, within: timedelta = FORTNIGHT
) -> list[Deadline]:
    """Return the open deadlines that fall due between `at` and `at + within`, soonest first.

    Only firm moments: what hangs on an anchor that has not happened is not yet due at any time.
    """
    due: list[tuple[datetime, Condition, Deadline]] = []
    for item in conditions:
        one = deadline(item, schedule, at=at)
        moment = one.moment.at
        if not item.is_settled and moment is not None and at <= moment <= at + within:
            due.append((moment, item, one))
    return [one for _moment, _item, one in sorted(due, key=lambda row: (row[0], reading_order(row[1])))]


def earliest_start(
    phase: Phase,
    terms: Mapping[Happening, Term],
    happened: Mapping[Happening, datetime],
    *,
    at: datetime,
    zone: tzinfo | None = None,
) -> EarliestStart | None:
    """Return the earliest start the text allows, None where it has started or no offset of the text says.

    An anchor that has not happened can happen now at the soonest; another phase, not before its own
    earliest start. Due moments say when something must be done, not when it can be, and bound nothing.
    """
    point = Happening(Event.START, phase.id)
    if phase.started_at is not None or point not in terms:
        return None
    chain = _chain(point, terms, happened)
    after = terms[chain[-1]].after
    if after in chain:
        return None
    moment: datetime | None = terms[chain[-1]].at if after is None else happened.get(after, at)
    for step in reversed(chain):
        moment = moment and shift(moment, terms[step].offset, zone)
        moment = moment and max(moment, at)
    return EarliestStart(moment, None if after in happened else after) if moment else None


def check_due(condition: Condition, moment: Moment = NOTHING) -> None:
    """Raise DeadlineRefused unless the due moment is whole and its parts are in order."""
    problems = _missing(condition)
    by_text, extended, last = moment.by_text or condition.due_at, condition.extended_to, condition.long_stop_at
    if extended and by_text and extended < by_text:
        problems["extended_to"] = _("An extension ends later than the moment it extends.")
    if last and max(filter(None, (by_text, extended)), default=last) > last:
        problems["long_stop_at"] = _("The long-stop date cannot come before the due moment or its extension.")
    if problems:
        raise DeadlineRefused(" ".join(problems.values()), fields=problems)


def _missing(condition: Condition) -> dict[str, str]:
    anchor, problems = condition.due_anchor, {}
    if anchor == Anchor.DATE and condition.due_at is None:
        problems["due_at"] = _("Give the date and time.")
    if anchor == Anchor.PHASE_START and condition.due_phase is None:
        problems["due_phase"] = _("Say which phase it is counted from.")
    if anchor == Anchor.CONDITION_MET and condition.due_condition is None:
        problems["due_condition"] = _("Say which condition it is counted from.")
    if anchor == Anchor.CONDITION_MET and condition.due_condition == condition.id:
        problems["due_condition"] = _("A condition cannot be due after itself.")
    if anchor and anchor != Anchor.DATE and condition.due_offset is None:
        problems["due_offset"] = _("Say how long after the anchor it is due.")
    return problems


def _chain(
    point: Happening, terms: Mapping[Happening, Term], happened: Mapping[Happening, datetime]
) -> list[Happening]:
    """The starts a start hangs on, as far as they have not happened; the last one's anchor is no open start."""
    chain: dict[Happening, None] = {point: None}
    after = terms[point].after
    while after is not None and after.event is not Event.MET and after in terms and after not in happened:
        if after in chain:
            break
        chain[after] = None
        after = terms[after].after
    return list(chain)


def _after(moment: datetime | None, due: datetime | None) -> timedelta | None:
    return moment - due if moment is not None and due is not None and moment > due else None
