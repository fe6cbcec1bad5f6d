"""Entries and citations as far as a moment goes: so by then, and known by then where that was asked.

At the latest moment that is all there are: what is filed of sources and seats after the end of coverage
takes effect later than what is followed, and is told all the same.
"""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar

from django.db.models import Exists, OuterRef, QuerySet

from negotiations.models import Citation, Entry

from .moment import Moment

Entries = TypeVar("Entries", bound=QuerySet[Entry])
Citations = TypeVar("Citations", bound=QuerySet[Citation])


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
