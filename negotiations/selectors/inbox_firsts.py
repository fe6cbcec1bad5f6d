"""What each message of the inbox tells first: its most severe change, under the reader's rights of now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from negotiations.models import Delivery, Entry, Negotiation
from negotiations.rules.alerts import URGENCIES, urgency_of
from negotiations.rules.marking import Viewer, narrowest

from .entry_lines import EntryLine, entry_lines, with_payload

# Of each message so many of its entries are looked at; the rest is read in it.
MOST = 200


@dataclass(frozen=True, slots=True)
class Firsts:
    """By message the line told first, and of what is shown the narrowest marking in each negotiation."""

    lines: Mapping[int, EntryLine]
    markings: Mapping[Negotiation, str]


def firsts_of(messages: Iterable[Delivery], viewer: Viewer) -> Firsts:
    """The most severe change of each message that the viewer sees now, the latest of several; constant queries."""
    told = {message.pk: message.told[:MOST] for message in messages}
    wanted = {pk for pks in told.values() for pk in pks}
    if not wanted:
        return Firsts({}, {})
    weights = _weights(wanted, viewer)
    chosen = {key: max(seen, key=weights.__getitem__) for key, pks in told.items() if (seen := weights.keys() & pks)}
    rows = list(with_payload(Entry.objects.visible_to(viewer).filter(pk__in=set(chosen.values()))))
    lines = {line.pk: line for line in entry_lines(rows, viewer=viewer)}
    return Firsts({key: lines[pk] for key, pk in chosen.items() if pk in lines}, _markings(rows))


def _weights(wanted: Iterable[int], viewer: Viewer) -> dict[int, tuple[int, int]]:
    """By entry that is seen, how much it matters and how late it came."""
    rows = Entry.objects.visible_to(viewer).filter(pk__in=list(wanted))
    facts = rows.values_list("pk", "verb", "payload__changes", "seq")
    return {pk: (URGENCIES.index(urgency_of(verb, changes or {})), seq) for pk, verb, changes, seq in facts}


def _markings(rows: Iterable[Entry]) -> dict[Negotiation, str]:
    found: dict[Negotiation, str] = {}
    for row in rows:
        if row.negotiation is not None:
            found[row.negotiation] = narrowest([row.marking, found.get(row.negotiation, row.marking)])
    return found
