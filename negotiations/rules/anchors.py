"""Due moments that hang on other moments: dates, anchors and offsets resolved together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo
from enum import StrEnum

from django.utils.translation import gettext as _

from .codes import Anchor, LinkType
from .errors import RuleError
from .facts import Condition, Key, Link, Phase, is_standing


class DeadlineRefused(RuleError):
    """The due moment is incomplete, impossible, or hangs on itself."""

    code = "deadline_refused"


class Event(StrEnum):
    """What can happen at a moment that others are counted from."""

    IN_FORCE = "in_force"
    START = "start"
    END = "end"
    MET = "met"


@dataclass(frozen=True, slots=True)
class Happening:
    """One event of one phase or condition: a point of the schedule."""

    event: Event
    key: Key = None


@dataclass(frozen=True, slots=True)
class Term:
    """When something is to happen, as the text puts it: a date, or another happening plus an offset."""

    at: datetime | None = None
    after: Happening | None = None
    offset: timedelta = timedelta(0)
    extended_to: datetime | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """A resolved term.

    `by_text` is firm: its anchor has happened. `projected` supposes that every anchor still open
    happens when it is itself due. `waits_for` is the anchor that has not happened yet. `is_circular`
    says that the term hangs on itself; then there is no projection.
    """

    by_text: datetime | None = None
    extended_to: datetime | None = None
    projected: datetime | None = None
    waits_for: Happening | None = None
    is_circular: bool = False

    @property
    def at(self) -> datetime | None:
        """The moment in force: the extension where there is one, else the moment by the text."""
        return self.extended_to or self.by_text


Schedule = Mapping[Happening, Moment]
NOTHING = Moment()


def day(number: int) -> timedelta:
    """Return the offset of "day 16": the day of the anchor is day 1."""
    if number < 1:
        raise DeadlineRefused(_("Days are counted from 1, the day of the anchor itself."))
    return timedelta(days=number - 1)


def shift(moment: datetime, offset: timedelta, zone: tzinfo | None = None) -> datetime | None:
    """Return `moment` plus `offset`, None where no calendar reaches that far.

    With a zone, whole days are counted on its calendar, so that "42 days" ends at the same time of
    day across a change of clocks; anything else is elapsed time.
    """
    try:
        if zone is None or offset % timedelta(days=1):
            return moment + offset
        return (moment.astimezone(zone) + offset).astimezone(UTC)
    except OverflowError:
        return None


def terms_of(
    conditions: Iterable[Condition],
    phases: Iterable[Phase],
    links: Iterable[Link] = (),
    *,
    entry_into_force_at: datetime | None = None,
    at: datetime | None = None,
) -> dict[Happening, Term]:
    """Return the term of everything that has one.

    A condition without a term of its own takes it from the condition that triggers it; where several
    do, from the shortest offset. Links withdrawn by `at` count for nothing, and so does an anchor that
    is not among the conditions and phases given: for this reader it does not exist.
    """
    items, steps = tuple(conditions), tuple(phases)
    known = {Happening(Event.START, phase.id) for phase in steps} | {Happening(Event.MET, item.id) for item in items}
    known.add(Happening(Event.IN_FORCE))
    triggered = _triggered(links, at)
    wanted: dict[Happening, Term | None] = {
        Happening(Event.IN_FORCE): Term(at=entry_into_force_at) if entry_into_force_at else None
    }
    for phase in steps:
        wanted[Happening(Event.START, phase.id)] = _planned_start(phase)
        wanted[Happening(Event.END, phase.id)] = _planned_end(phase)
    for item in items:
        wanted[Happening(Event.MET, item.id)] = _due(item, triggered.get(item.id))
    return {
        point: term if term.after is None or term.after in known else Term(extended_to=term.extended_to)
        for point, term in wanted.items()
        if term is not None and (term.after is None or term.after in known or term.extended_to)
    }


def what_happened(
    conditions: Iterable[Condition], phases: Iterable[Phase], *, entry_into_force_at: datetime | None, at: datetime
) -> dict[Happening, datetime]:
    """Return what has really happened by `at`, and when; a later moment is a plan, not a happening."""
    moments: dict[Happening, datetime | None] = {Happening(Event.IN_FORCE): entry_into_force_at}
    for phase in phases:
        moments[Happening(Event.START, phase.id)] = phase.started_at
        moments[Happening(Event.END, phase.id)] = phase.ended_at
    for item in conditions:
        moments[Happening(Event.MET, item.id)] = item.became_met_at
    return {point: moment for point, moment in moments.items() if moment is not None and moment <= at}


def resolve(
    terms: Mapping[Happening, Term], happened: Mapping[Happening, datetime], *, zone: tzinfo | None = None
) -> dict[Happening, Moment]:
    """Return the moment of every term; what hangs on itself is marked, never followed for ever.

    Each term hangs on one other at most, so a walk along the anchors visits each once: linear.
    """
    done: dict[Happening, Moment] = {}
    for first in terms:
        path = _path(first, terms, done)
        circular = terms[path[-1]].after if path else None
        loop = set(path[path.index(circular) :]) if circular in path else set()
        for point in reversed(path):
            done[point] = _moment(terms[point], happened, done, zone, is_circular=point in loop)
    return done


def check_terms(terms: Mapping[Happening, Term], name: Callable[[Happening], str]) -> None:
    """Raise DeadlineRefused, naming the circle, if a term hangs on itself; `name` words a happening.

    To be asked before a due moment is saved, with the new term among the others.
    """
    looped = [point for point, moment in resolve(terms, {}).items() if moment.is_circular]
    if looped:
        circle = _path(min(looped, key=name), terms, {})
        words = " → ".join(name(point) for point in [*circle, circle[0]])
        message = _("This due moment would hang on itself: %(circle)s. Give one of them a date or another anchor.")
        raise DeadlineRefused(message % {"circle": words}, code="circular_anchor", fields={"due_anchor": words})


def _triggered(links: Iterable[Link], at: datetime | None) -> dict[Key, Term]:
    triggers = [link for link in links if link.type == LinkType.TRIGGERS_WITHIN and link.offset is not None]
    found: dict[Key, Term] = {}
    for link in sorted(triggers, key=lambda link: (link.offset, str(link.id))):
        if at is None or is_standing(link, at):
            after = Happening(Event.MET, link.condition)
            found.setdefault(link.other, Term(after=after, offset=link.offset or timedelta(0)))
    return found


def _planned_start(phase: Phase) -> Term | None:
    return _term(
        phase.planned_start_anchor, phase.planned_start_at, phase.planned_start_phase, None, phase.planned_start_offset
    )


def _planned_end(phase: Phase) -> Term | None:
    end = _term(phase.planned_end_anchor, phase.planned_end_at, phase.planned_end_phase, None, phase.planned_end_offset)
    return _extended(end, phase.extended_to)


def _due(item: Condition, triggered: Term | None) -> Term | None:
    own = _term(item.due_anchor, item.due_at, item.due_phase, item.due_condition, item.due_offset)
    return _extended(own or triggered, item.extended_to)


def _term(
    anchor: str, at: datetime | None, phase: Key | None, condition: Key | None, offset: timedelta | None
) -> Term | None:
    after = {
        Anchor.ENTRY_INTO_FORCE: Happening(Event.IN_FORCE),
        Anchor.PHASE_START: Happening(Event.START, phase) if phase is not None else None,
        Anchor.CONDITION_MET: Happening(Event.MET, condition) if condition is not None else None,
    }.get(Anchor(anchor) if anchor else Anchor.DATE)
    if after is not None:
        return Term(after=after, offset=offset or timedelta(0))
    return Term(at=at) if anchor == Anchor.DATE and at else None


def _extended(term: Term | None, extended_to: datetime | None) -> Term | None:
    return replace(term or Term(), extended_to=extended_to) if extended_to else term


def _path(first: Happening, terms: Mapping[Happening, Term], done: Mapping[Happening, Moment]) -> list[Happening]:
    path: dict[Happening, None] = {}
    point: Happening | None = first
    while point is not None and point in terms and point not in done and point not in path:
        path[point] = None
        point = terms[point].after
    return list(path)


def _moment(
    term: Term, happened: Mapping[Happening, datetime], done: Schedule, zone: tzinfo | None, *, is_circular: bool
) -> Moment:
    if term.after is None:
        return Moment(term.at, term.extended_to, term.extended_to or term.at)
    anchor = happened.get(term.after)
    if anchor is not None:
        by_text = shift(anchor, term.offset, zone)
        return Moment(by_text, term.extended_to, term.extended_to or by_text, is_circular=is_circular)
    expected = None if is_circular else done.get(term.after, NOTHING).projected
    projected = shift(expected, term.offset, zone) if expected else None
    return Moment(None, term.extended_to, term.extended_to or projected, term.after, is_circular)
