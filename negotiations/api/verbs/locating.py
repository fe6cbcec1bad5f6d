"""From a bare id to the item it names, of whatever kind."""

from __future__ import annotations

from typing import Any

from negotiations.models import Entry, MarkedItem
from negotiations.services.subject import kind_of

from .scope import MADE, Scope, as_uuid


def item_by_id(scope: Scope, name: str) -> Any:
    """The marked item of this negotiation by its id, or by the name this batch gave it; None if it is not seen."""
    if name.startswith(MADE):
        made = scope.made_as(name)
        return made if isinstance(made, MarkedItem) else None
    key = as_uuid(name)
    told = Entry.objects.filter(negotiation=scope.negotiation, subject_id=key).order_by("pk").first() if key else None
    kind = kind_of(told.subject_type) if told is not None else None
    if kind is None or not issubclass(kind, MarkedItem):
        return None
    rows = kind.objects.visible_to(scope.viewer).select_related("negotiation")
    return rows.filter(public_id=key, negotiation=scope.negotiation).first()
