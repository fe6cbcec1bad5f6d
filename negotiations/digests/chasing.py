"""Corrections follow everybody who was sent what they correct, once, whatever they asked for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from negotiations.models import Citation, Delivery, Entry, Subscription
from negotiations.rules.codes import DeliveryState
from negotiations.rules.marking import Viewer
from negotiations.selectors.asked_for import asked_for
from negotiations.selectors.matching import RETRACTED

# What left the house, or may have.
OUT = (DeliveryState.SENT, DeliveryState.UNKNOWN)
# Beyond the end of every record.
LAST = 2**63 - 1


Reader = tuple[int, str]


def owed_corrections(delivery: Delivery, viewer: Viewer) -> list[Entry]:
    """The corrections in a delivery's window of what its recipient was sent before, oldest first.

    Corrected, undone and redacted entries, and those that rest on a source retracted since. Only what
    the viewer may still see.
    """
    owed = owed_in([delivery]).get(delivery.pk, set())
    if not owed:
        return []
    return list(Entry.objects.visible_to(viewer).filter(pk__in=owed).select_related("payload").order_by("pk"))


def owed_in(deliveries: Sequence[Delivery]) -> dict[int, set[int]]:
    """Entries owed as corrections by delivery, rights not asked: a fixed number of queries for a whole batch.

    They follow a person on one channel over all their subscriptions: each is owed once, in the first delivery.
    Where nothing comes on that channel any more, they follow on every other one. What is sent only after later
    windows were brings also what has replaced its own entries since.
    """
    replaced = _replaced_in(deliveries)
    if not replaced:
        return {}
    known = _known(deliveries, replaced)
    found: dict[int, set[int]] = {}
    for delivery in deliveries:
        told = known.setdefault(_reader(delivery), set())
        own = _told_late(delivery, replaced) if _is_late(delivery) else frozenset[int]()
        owed = _followed(told | own, filter(_within(delivery), replaced))
        told.update(owed)
        if owed:
            found[delivery.pk] = owed
    return found


def _reader(delivery: Delivery) -> Reader:
    return delivery.user_id, delivery.channel


def _known(deliveries: Sequence[Delivery], replaced: Iterable[Replaced]) -> dict[Reader, set[int]]:
    """What of it the recipients were told by earlier deliveries, whichever subscription made them.

    What they were told on a channel that ended counts on all of theirs.
    """
    asked = {pk for one in replaced for pk in (one.original, one.by)}
    sent = Delivery.objects.filter(
        user__in={delivery.user_id for delivery in deliveries},
        state__in=OUT,
        edition__told__overlap=sorted(asked),
    ).exclude(pk__in=[delivery.pk for delivery in deliveries])
    known: dict[Reader, set[int]] = {}
    for user, channel, told in sent.values_list("user_id", "channel", "edition__told"):
        known.setdefault((user, channel), set()).update(asked.intersection(told))
    readers = {_reader(delivery) for delivery in deliveries}
    for user, channel in ended(known.keys() - readers):
        for reader in (one for one in readers if one[0] == user):
            known.setdefault(reader, set()).update(known[user, channel])
    return known


def ended(readers: Collection[Reader]) -> set[Reader]:
    """Those on whose channel nothing comes to them any more; a paused subscription will go on."""
    if not readers:
        return set()
    living = Subscription.objects.filter(user__in={user for user, _channel in readers}, ended_at__isnull=True)
    return set(readers) - set(living.values_list("user_id", "channel"))


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
        after, upto = _stretch(delivery, self.negotiation)
        return after < self.seq <= upto


def _stretch(delivery: Delivery, negotiation: str) -> tuple[int, int]:
    """The window; of a subscription's first delivery all before it too, which an earlier one may have left untold.

    Of a late one all after it, since the windows in between were told without it.
    """
    after, upto = delivery.ranges.get(negotiation, (0, 0))
    return (0 if delivery.window == 1 else after), (LAST if _is_late(delivery) else upto)


def _is_late(delivery: Delivery) -> bool:
    """Whether later windows of its subscription were closed before this one was sent: it had failed."""
    return delivery.window < delivery.subscription.last_window


def _told_late(delivery: Delivery, replaced: Iterable[Replaced]) -> frozenset[int]:
    """Those of its own entries that it will tell and that were replaced; one query."""
    within = _in_spans({key: (after, upto) for key, (after, upto) in delivery.ranges.items()})
    originals = Entry.objects.filter(within, pk__in={one.original for one in replaced})
    return frozenset(asked_for(delivery.subscription, originals).values_list("pk", flat=True))


def _followed(known: set[int], replaced: Iterable[Replaced]) -> set[int]:
    """What replaces something known and is not known; what replaces a correction follows too, as they come in order."""
    owed: set[int] = set()
    for one in replaced:
        if one.by not in known and (one.original in known or one.original in owed):
            owed.add(one.by)
    return owed


def _replaced_in(deliveries: Iterable[Delivery]) -> list[Replaced]:
    """What the windows hold of replacing entries, in the order of each stream; two queries at most."""
    spans: dict[str, tuple[int, int]] = {}
    for delivery in deliveries:
        for negotiation in delivery.ranges:
            after, upto = _stretch(delivery, negotiation)
            first, last = spans.get(negotiation, (after, upto))
            spans[negotiation] = min(first, after), max(last, upto)
    entries = Entry.objects.filter(_in_spans(spans)).filter(Q(supersedes__isnull=False) | Q(verb=RETRACTED))
    found = list(entries.order_by("negotiation", "seq"))
    rested = _rested([entry.subject_id for entry in found if entry.verb == RETRACTED])
    return [one for entry in found for one in _replaced_by(entry, rested)]


def _in_spans(spans: Mapping[str, tuple[int, int]]) -> Q:
    within = Q(pk__in=[])
    for negotiation, (after, upto) in spans.items():
        within |= Q(negotiation=negotiation, seq__gt=after, seq__lte=upto)
    return within


def _rested(sources: Sequence[UUID]) -> dict[UUID, list[int]]:
    """The entries that cite each source."""
    found: dict[UUID, list[int]] = {}
    if sources:
        cited = Citation.objects.filter(source__public_id__in=sources).order_by("entry_id")
        for source, entry in cited.values_list("source__public_id", "entry_id"):
            found.setdefault(source, []).append(entry)
    return found


def _replaced_by(entry: Entry, rested: Mapping[UUID, list[int]]) -> Iterator[Replaced]:
    if entry.verb == RETRACTED:
        originals = rested.get(entry.subject_id, [])
    else:
        originals = [entry.supersedes_id] if entry.supersedes_id is not None else []
    for original in originals:
        yield Replaced(str(entry.negotiation_id), entry.seq, original, entry.pk)
