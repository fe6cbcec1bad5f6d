"""The three-way view of a lost race: opened, saved, yours; never a word of what the caller may not see."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db.models import Model, QuerySet

from negotiations.models import Actor, Entry, MarkedItem, Membership, Negotiation, User
from negotiations.rules.marking import Viewer
from negotiations.services.conflict import FieldConflict, VersionConflict


def conflict_document(exc: VersionConflict, viewer: Viewer) -> dict[str, Any]:
    """The 412's own member: versions, who was first, and each field that differs.

    Where the version that was opened was not the caller's to see, there is nothing to compare.
    """
    document: dict[str, Any] = {
        "opened_version": exc.opened_version,
        "saved_version": exc.saved_version,
        "fields": [],
        "changed_at": None,
        "changed_by": None,
    }
    told = Entry.objects.visible_to(viewer).filter(subject_id=exc.subject_id)
    if told.filter(subject_version=exc.opened_version).exists() or exc.opened_version > exc.saved_version:
        document["fields"] = [
            {"field": one.field, "opened": one.opened, "saved": one.saved, "yours": one.yours}
            for one in shown(exc, viewer)
        ]
    last = told.filter(subject_version=exc.saved_version).select_related("actor").first()
    if last is not None:
        document["changed_at"] = last.inserted_at
        document["changed_by"] = str(last.actor) if last.actor else None
    return document


def shown(exc: VersionConflict, viewer: Viewer) -> list[FieldConflict]:
    """The fields in conflict of which the caller may see every value."""
    wanted: defaultdict[type[Model], set[str]] = defaultdict(set)
    targets = {row.field: exc.kind._meta.get_field(row.field).related_model for row in exc.conflicts}
    for row in exc.conflicts:
        if isinstance(target := targets[row.field], type):
            wanted[target] |= _ids(row)
    seen = {target: visible_ids(target, ids, viewer) for target, ids in wanted.items()}
    return [
        row for row in exc.conflicts if not isinstance(target := targets[row.field], type) or _ids(row) <= seen[target]
    ]


def visible_ids(kind: type[Any], ids: set[str], viewer: Viewer) -> set[str]:
    """Which of the public ids are of rows that the caller may see; none for kinds that nobody looks up."""
    rows: QuerySet[Any, Any]
    if issubclass(kind, Actor | Negotiation | MarkedItem):
        rows = kind._default_manager.visible_to(viewer)
    elif issubclass(kind, User):
        rows = kind.objects.filter(pk__in=Membership.objects.filter(negotiation__in=list(viewer.seats)).values("user"))
    else:
        return set()
    return {str(key) for key in rows.filter(public_id__in=ids).values_list("public_id", flat=True)}


def _ids(row: FieldConflict) -> set[str]:
    found: set[str] = set()
    for value in (row.opened, row.saved, row.yours):
        found |= set(value) if isinstance(value, list) else {value} if value else set()
    return found
