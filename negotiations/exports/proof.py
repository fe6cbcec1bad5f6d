"""What a file can be proved by: the chain of everything that anybody may read, and where it ends now."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet

from negotiations.models import Entry, Negotiation, Stream, Tombstone
from negotiations.rules import chain
from negotiations.rules.codes import Marking

CHUNK = 500


def is_public(entry: Entry) -> bool:
    """Whether the entry stands in the public chain: TLP:CLEAR when written and not narrowed since."""
    return bool(entry.access.marking == Marking.CLEAR)


def public_link(entry: Entry, previous: str) -> str:
    """The link of a public entry behind the public one before it.

    It is the one in the record as long as nothing public was narrowed. What was narrowed leaves no
    gap: the chain goes from what anybody may read to the next that anybody may read.
    """
    other = entry.supersedes
    is_replacing_hidden = other is not None and not is_public(other)
    if entry.previous_clear_hash == previous and not is_replacing_hidden:
        return entry.clear_hash
    facts = entry.chain_facts()
    return chain.clear_hash({**facts, "supersedes": None} if is_replacing_hidden else facts, previous)


def public_head(negotiation: Negotiation) -> str:
    """The link in which the public chain ends now, the same for every reader; empty without public entries.

    Walks the chain only where something public was narrowed; else the stream knows its end.
    """
    stream = Stream.objects.get(negotiation=negotiation)
    if not Tombstone.objects.filter(negotiation=negotiation, was_marking=Marking.CLEAR).exists():
        return stream.clear_hash
    link = ""
    public = Entry.objects.filter(stream=stream, access__marking=Marking.CLEAR)
    for entry in in_order(with_chain_facts(public), stream.head):
        link = public_link(entry, link)
    return link


def with_chain_facts(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    """The same entries with what the chains cover."""
    return entries.select_related("access", "actor", "organisation", "supersedes__access")


def in_order(entries: QuerySet[Entry], head: int) -> Iterator[Entry]:
    """The entries of one stream up to a number, some at a time, however many there are."""
    for some in chunks(entries, head):
        yield from some


def chunks(entries: QuerySet[Entry], head: int) -> Iterator[list[Entry]]:
    """The same, as lists of at most CHUNK."""
    after = 0
    while some := list(entries.filter(seq__gt=after, seq__lte=head).order_by("seq")[:CHUNK]):
        yield some
        after = some[-1].seq
