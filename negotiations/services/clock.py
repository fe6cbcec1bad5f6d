"""What the clock alone changes, and what follows from several changes together: told once for each moment."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Min, Q

from negotiations.models import Entry, Negotiation, Phase

from .act import Act
from .flips import DUE_SOON, DUE_TOMORROW, GATE_MET, OVERDUE, STALE, Flip, flips
from .record import writing

VERBS = (DUE_SOON, DUE_TOMORROW, OVERDUE, STALE, GATE_MET)


def tell_flips(now: datetime) -> int:
    """Write one entry for each item that flipped by `now`; returns how many.

    Safe to run twice, also at once: each moment is told once. Ended coverage tells nothing more.
    """
    live = Negotiation.objects.filter(Q(coverage_end__isnull=True) | Q(coverage_end__gt=now)).order_by("pk")
    return sum(tell(flip, now) for negotiation in live for flip in _untold(negotiation, list(flips(negotiation, now))))


def _untold(negotiation: Negotiation, found: list[Flip]) -> list[Flip]:
    """The flips nobody has told yet; one that precedes its item's own entry counts from that entry."""
    if not found:
        return []
    entries = Entry.objects.filter(negotiation=negotiation, subject_id__in={flip.item.public_id for flip in found})
    began = dict(entries.values_list("subject_id").annotate(Min("effective_at")).order_by())
    found = [Flip(flip.item, flip.verb, max(flip.at, began[flip.item.public_id])) for flip in found]
    told = set(entries.filter(verb__in=VERBS).values_list("subject_id", "verb", "effective_at"))
    return [flip for flip in found if flip.key not in told]


def tell(flip: Flip, now: datetime) -> bool:
    """Write the entry unless somebody told it first or changed the item; locks both until it is written."""
    with writing(flip.item.negotiation, Act(actor=None, effective_at=flip.at)) as record:
        saved = record.lock(flip.item, None)
        # Somebody changed it meanwhile, or another tick was first: the next tick looks again.
        if saved.version != flip.item.version or _is_told(flip):
            return False
        # What a phase waits for are other items: with the stream locked, nobody changes them any more.
        if isinstance(saved, Phase) and flip.key not in {one.key for one in flips(saved.negotiation, now)}:
            return False
        record.tell(saved, flip.verb, {}, is_versioned=False)
        return True


def _is_told(flip: Flip) -> bool:
    subject, verb, at = flip.key
    return Entry.objects.filter(subject_id=subject, verb=verb, effective_at=at).exists()
