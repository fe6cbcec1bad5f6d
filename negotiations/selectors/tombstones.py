"""What was taken from a reader: told only of what they could really see before."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Aggregate, F, Max, Min, OuterRef, Q, QuerySet, Subquery

from negotiations.models import Entry, Membership, Negotiation, Tombstone
from negotiations.rules.codes import Marking
from negotiations.rules.marking import Viewer


def tombstones(viewer: Viewer, negotiations: Iterable[Negotiation]) -> QuerySet[Tombstone]:
    """The tombstones of what this reader could see then: it was published already, or they had their seat."""
    of = [negotiation.pk for negotiation in negotiations]
    rows = Tombstone.objects.visible_to(viewer).filter(negotiation__in=of)
    rows = rows.annotate(shown_at=_published_at())
    could = Q(was_marking=Marking.CLEAR)
    if viewer.is_member:
        rows = rows.annotate(joined_at=_joined_at(viewer), seated_at=_seated_at(viewer))
        could |= Q(was_marking=Marking.GREEN, told_by__inserted_at__gt=F("joined_at"))
    could &= Q(negotiation__published=True, told_by__inserted_at__gt=F("shown_at"))
    if viewer.is_member:
        could |= Q(negotiation__in=list(viewer.seats), told_by__inserted_at__gt=F("seated_at"))
    return rows.filter(could)


def _published_at() -> Subquery:
    """When anybody could first see something of the negotiation."""
    subject = OuterRef("negotiation__public_id")
    told = Entry.objects.filter(subject_id=subject, payload__changes__published__1=True)
    return _only(told, "subject_id", Min("inserted_at"))


def _seated_at(viewer: Viewer) -> Subquery:
    """Since when the reader's seat in the negotiation is as it is."""
    seats = Membership.objects.filter(user=viewer.user_id).values("public_id")
    told = Entry.objects.filter(negotiation=OuterRef("negotiation"), subject_id__in=seats)
    return _only(told, "negotiation", Max("inserted_at"))


def _joined_at(viewer: Viewer) -> Subquery:
    """Since when the reader is a member of any negotiation."""
    seats = Membership.objects.filter(user=viewer.user_id, ended_at__isnull=True).values("public_id")
    return _only(Entry.objects.filter(subject_id__in=seats), "subject_type", Min("inserted_at"))


def _only(told: QuerySet[Entry], by: str, found: Aggregate) -> Subquery:
    """One figure of entries that are alike in a column."""
    return Subquery(told.order_by().values(by).annotate(found=found).values("found"))
