"""From an address to what a verb is called on: 404 for what is hidden as for what is nowhere."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Model
from django.http import Http404

from negotiations.access.doors import find, one
from negotiations.models import Entry, MarkedItem, Membership, Negotiation
from negotiations.rules.marking import Viewer
from negotiations.services.subject import kind_of


def found(kind: type[Model], viewer: Viewer, public_id: UUID) -> Any:
    """The item, entry or seat by its id, with its negotiation; Http404 where the viewer may not see it."""
    if issubclass(kind, MarkedItem):
        return find(kind, viewer, public_id=public_id)
    if issubclass(kind, Membership):
        seats = Membership.objects.filter(negotiation__in=list(viewer.seats)).select_related("negotiation")
        return one(seats, public_id=public_id)
    if issubclass(kind, Entry):
        return found_entry(viewer, public_id)
    raise TypeError(kind)


def found_entry(viewer: Viewer, public_id: UUID) -> Entry:
    """The entry of a negotiation, where the viewer may see what it tells of as well."""
    entries = Entry.objects.visible_to(viewer).filter(negotiation__isnull=False)
    entry: Entry = one(entries.select_related("payload", "negotiation"), public_id=public_id)
    kind = kind_of(entry.subject_type)
    if issubclass(kind, Negotiation):
        one(Negotiation.objects.visible_to(viewer), public_id=entry.subject_id)
    else:
        found(kind, viewer, entry.subject_id)
    return entry


def negotiation_of(target: Any) -> Negotiation:
    """Where the item is, or the negotiation itself."""
    place = target if isinstance(target, Negotiation) else target.negotiation
    if place is None:
        raise Http404
    negotiation: Negotiation = place
    return negotiation
