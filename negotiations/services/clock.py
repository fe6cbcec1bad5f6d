"""What the clock alone changes: conditions that became overdue or stale, told once for each moment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Min, Q

from negotiations.models import Condition, Entry, Link, MarkedItem, Negotiation, Phase
from negotiations.rules import facts
from negotiations.rules.deadlines import deadlines, schedule_of
from negotiations.rules.freshness import ages
from negotiations.rules.marking import rank
from negotiations.selectors.reckoning import fact

from .act import Act
from .record import writing

OVERDUE, STALE = "condition.overdue", "condition.stale"


@dataclass(frozen=True, slots=True)
class Flip:
    """A flag that time has set on a condition, and since when."""

    condition: Condition
    verb: str
    at: datetime

    @property
    def key(self) -> tuple[UUID, str, datetime]:
        return self.condition.public_id, self.verb, self.at


@dataclass(frozen=True, slots=True)
class _Scope:
    """The structure that every reader of items of one marking may see."""

    conditions: list[Condition]
    phases: list[Phase]
    links: list[Link]


def tell_flips(now: datetime) -> int:
    """Write one entry for each condition that became overdue or stale by `now`; returns how many.

    Safe to run twice, also at once: each moment is told once. Ended coverage tells nothing more.
    """
    live = Negotiation.objects.filter(Q(coverage_end__isnull=True) | Q(coverage_end__gt=now)).order_by("pk")
    return sum(tell(flip) for negotiation in live for flip in _untold(negotiation, list(flips(negotiation, now))))


def flips(negotiation: Negotiation, now: datetime) -> Iterator[Flip]:
    """Every flag that time has set in a negotiation, told or not.

    Each condition is judged by what all its readers may see: an anchor that some of them may not
    know must not show in an entry they read.
    """
    conditions = list(Condition.objects.filter(negotiation=negotiation).order_by("pk"))
    phases = list(Phase.objects.filter(negotiation=negotiation))
    links = list(Link.objects.filter(negotiation=negotiation))
    for marking in sorted({row.marking for row in conditions}, key=rank):
        scope = _Scope(*([row for row in rows if _is_within(row, marking)] for rows in (conditions, phases, links)))
        yield from _in_scope(negotiation, [row for row in conditions if row.marking == marking], scope, now)


def _is_within(row: MarkedItem, marking: str) -> bool:
    """Whether every reader of items so marked may see the row; structure is marked no narrower than AMBER."""
    return rank(row.marking) <= rank(marking)


def _in_scope(negotiation: Negotiation, mine: list[Condition], scope: _Scope, now: datetime) -> Iterator[Flip]:
    known = {row.pk: fact(facts.Condition, row, obligors=()) for row in scope.conditions}
    schedule = schedule_of(
        known.values(),
        [fact(facts.Phase, row) for row in scope.phases],
        [fact(facts.Link, row) for row in scope.links],
        at=now,
        entry_into_force_at=negotiation.entry_into_force_at,
        zone=ZoneInfo(negotiation.time_zone),
    )
    due = deadlines([known[row.pk] for row in mine], schedule, at=now)
    for row in mine:
        found = due.get(row.pk)
        if found is not None and found.is_overdue and found.moment.at is not None:
            yield Flip(row, OVERDUE, found.moment.at)
        age = ages(known[row.pk], at=now)
        if age.is_stale and age.stale_at is not None:
            yield Flip(row, STALE, age.stale_at)


def _untold(negotiation: Negotiation, found: list[Flip]) -> list[Flip]:
    """The flips nobody has told yet; one that precedes its condition's own entry counts from that entry."""
    if not found:
        return []
    entries = Entry.objects.filter(negotiation=negotiation, subject_id__in={flip.condition.public_id for flip in found})
    began = dict(entries.values_list("subject_id").annotate(Min("effective_at")).order_by())
    found = [Flip(flip.condition, flip.verb, max(flip.at, began[flip.condition.public_id])) for flip in found]
    told = set(entries.filter(verb__in=(OVERDUE, STALE)).values_list("subject_id", "verb", "effective_at"))
    return [flip for flip in found if flip.key not in told]


def tell(flip: Flip) -> bool:
    """Write the entry unless somebody told it first or changed the condition; locks both until it is written."""
    with writing(flip.condition.negotiation, Act(actor=None, effective_at=flip.at)) as record:
        saved = record.lock(flip.condition, None)
        # Somebody changed it meanwhile, or another tick was first: the next tick looks again.
        if saved.version != flip.condition.version or _is_told(flip):
            return False
        record.tell(saved, flip.verb, {}, is_versioned=False)
        return True


def _is_told(flip: Flip) -> bool:
    subject, verb, at = flip.key
    return Entry.objects.filter(subject_id=subject, verb=verb, effective_at=at).exists()
