"""Corrections follow everybody who was sent what they correct, once, whatever they asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Q

from negotiations.models import Citation, Delivery, Entry
from negotiations.rules.codes import DeliveryState
from negotiations.rules.marking import Viewer

RETRACTED = "source.retracted"
# What left the house, or may have.
OUT = (DeliveryState.SENT, DeliveryState.UNKNOWN)


def owed_corrections(delivery: Delivery, viewer: Viewer) -> list[Entry]:
    """The corrections in a delivery's window of what its recipient was sent before, oldest first.

    Corrected, undone and redacted entries, and those that rest on a source retracted since. Only what
    the viewer may still see. Windows do not overlap and one is sent before the next is closed, so each
    correction is owed once.
    """
    owed = owed_in([delivery]).get(delivery.pk, set())
    if not owed:
        return []
    return list(Entry.objects.visible_to(viewer).filter(pk__in=owed).select_related("payload").order_by("pk"))


def owed_in(deliveries: Sequence[Delivery]) -> dict[int, set[int]]:
    """Entries owed as corrections by delivery, rights not asked: a fixed number of queries for a whole batch."""
    replaced = _replaced_in(deliveries)
    if not replaced:
        return {}
    originals = sorted({one.original for one in replaced})
    sent = Delivery.objects.filter(
        subscription__in={delivery.subscription_id for delivery in deliveries},
        state__in=OUT,
        edition__told__overlap=originals,
    )
    known: dict[int, set[int]] = {}
    for subscription, told in sent.values_list("subscription_id", "edition__told"):
        known.setdefault(subscription, set()).update(told)
    found = {
        delivery.pk: _followed(known.get(delivery.subscription_id, set()), filter(_within(delivery), replaced))
        for delivery in deliveries
    }
    return {key: owed for key, owed in found.items() if owed}


def _within(delivery: Delivery) -> Callable[[Replaced], bool]:
    return lambda one: one.is_in(delivery)


@dataclass(frozen=True, slots=True)
class Replaced:
    """An entry that takes the place of another, or of what rested on a source, and where it stands."""

    negotiation: str
    seq: int
    original: int
    by: int

    def is_in(self, delivery: Delivery) -> bool:
        after, upto = delivery.ranges.get(self.negotiation, (0, 0))
        return bool(after < self.seq <= upto)


def _followed(known: set[int], replaced: Iterable[Replaced]) -> set[int]:
    """What replaces something known; a correction of a correction follows too, since they come in order."""
    owed: set[int] = set()
    for one in replaced:
        if one.original in known or one.original in owed:
            owed.add(one.by)
    return owed


def _replaced_in(deliveries: Iterable[Delivery]) -> list[Replaced]:
    """What the windows hold of replacing entries, in the order of each stream."""
    spans: dict[str, tuple[int, int]] = {}
    for delivery in deliveries:
        for negotiation, (after, upto) in delivery.ranges.items():
            first, last = spans.get(negotiation, (after, upto))
            spans[negotiation] = min(first, after), max(last, upto)
    within = Q(pk__in=[])
    for negotiation, (after, upto) in spans.items():
        within |= Q(negotiation=negotiation, seq__gt=after, seq__lte=upto)
    entries = Entry.objects.filter(within).filter(Q(supersedes__isnull=False) | Q(verb=RETRACTED))
    return [one for entry in entries.order_by("negotiation", "seq") for one in _replaced_by(entry)]


def _replaced_by(entry: Entry) -> Iterator[Replaced]:
    if entry.verb == RETRACTED:
        rested = Citation.objects.filter(source__public_id=entry.subject_id).order_by("entry_id")
        originals = list(rested.values_list("entry_id", flat=True))
    else:
        originals = [entry.supersedes_id] if entry.supersedes_id is not None else []
    for original in originals:
        yield Replaced(str(entry.negotiation_id), entry.seq, original, entry.pk)
