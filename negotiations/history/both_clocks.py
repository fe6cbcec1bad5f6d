"""Entries and citations as far as a moment goes: so by then, and known by then where that was asked.

At the latest moment that is all there are: what is filed of sources and seats after the end of coverage
takes effect later than what is followed, and is told all the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import reduce
from operator import or_
from typing import TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet

from negotiations.models import Citation, Entry

from .moment import Moment

Entries = TypeVar("Entries", bound=QuerySet[Entry])
Citations = TypeVar("Citations", bound=QuerySet[Citation])
# By negotiation, each at a moment of its own.
Moments = Mapping[int, Moment]


def told_by(entries: Entries, moment: Moment) -> Entries:
    """The entries that were so by the moment and known by it; callers keep to what its reader may see."""
    return known_by(entries.filter(effective_at__lte=moment.at), moment.known_at) if moment.is_past else entries


def known_by(entries: Entries, known_at: datetime | None) -> Entries:
    """The entries known by a moment of ours; None for now."""
    return entries.filter(recorded_at__lte=known_at) if known_at else entries


def standing_by(entries: Entries, known_at: datetime | None) -> Entries:
    """The entries that no other one known by then supersedes: what was corrected later still stood."""
    return entries.filter(~Exists(known_by(Entry.objects.filter(supersedes=OuterRef("pk")), known_at)))


def cited_by(citations: Citations, moment: Moment) -> Citations:
    """The citations under entries that were so by the moment, told by an entry known by it."""
    if not moment.is_past:
        return citations
    return known_citations(citations.filter(entry__effective_at__lte=moment.at), moment.known_at)


def known_citations(citations: Citations, known_at: datetime | None) -> Citations:
    """The citations known by a moment of ours; None for now."""
    if known_at is None:
        return citations
    return citations.filter(entry__recorded_at__lte=known_at, told_by__recorded_at__lte=known_at)


def told_in(entries: Entries, moments: Moments) -> Entries:
    """What `told_by` keeps of the entries of several negotiations, and none of another one."""
    return entries.filter(_any(_told(pks, moment) for pks, moment in _alike(moments)))


def cited_in(citations: Citations, moments: Moments) -> Citations:
    """What `cited_by` keeps of the citations in several negotiations, and none in another one."""
    return citations.filter(
        _any(_told(pks, moment, "entry__") & _known(moment.known_at, "told_by__") for pks, moment in _alike(moments))
    )


def known_in(entries: Entries, moments: Moments) -> Entries:
    """What `known_by` keeps of the entries of several negotiations; as known now where that is asked of all."""
    if not any(moment.known_at for moment in moments.values()):
        return entries
    return entries.filter(_any(_of(pks) & _known(known_at) for pks, known_at in _known_alike(moments)))


def known_citations_in(citations: Citations, moments: Moments) -> Citations:
    """The same of citations."""
    if not any(moment.known_at for moment in moments.values()):
        return citations
    return citations.filter(
        _any(
            _of(pks, "entry__") & _known(known_at, "entry__") & _known(known_at, "told_by__")
            for pks, known_at in _known_alike(moments)
        )
    )


def _alike(moments: Moments) -> Iterable[tuple[list[int], Moment]]:
    """The negotiations that are told of at one moment, with it; of the latest it is no matter when that is."""
    found: defaultdict[tuple[datetime | None, datetime | None], list[int]] = defaultdict(list)
    for pk, moment in moments.items():
        found[moment.as_of, moment.known_at].append(pk)
    return [(pks, moments[pks[0]]) for pks in found.values()]


def _known_alike(moments: Moments) -> Iterable[tuple[list[int], datetime | None]]:
    found: defaultdict[datetime | None, list[int]] = defaultdict(list)
    for pk, moment in moments.items():
        found[moment.known_at].append(pk)
    return [(pks, known_at) for known_at, pks in found.items()]


def _told(pks: list[int], moment: Moment, under: str = "") -> Q:
    of = _of(pks, under)
    return of & Q((f"{under}effective_at__lte", moment.at)) & _known(moment.known_at, under) if moment.is_past else of


def _known(known_at: datetime | None, under: str = "") -> Q:
    return Q((f"{under}recorded_at__lte", known_at)) if known_at else Q()


def _of(pks: list[int], under: str = "") -> Q:
    return Q((f"{under}negotiation__in", pks))


def _any(asked: Iterable[Q]) -> Q:
    return reduce(or_, asked, Q(pk__in=[]))
