"""The three-way view of a lost race: opened, saved, yours; never a word of what the caller may not see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from negotiations.access.viewer import viewer_for
from negotiations.models import Actor, Party
from negotiations.rules.marking import Viewer
from negotiations.services.conflict import FieldConflict, VersionConflict

# Columns whose values are plain words and moments; relations are shown only to who may see their ends.
PLAIN = frozenset(
    {
        "title", "title_ar", "text", "text_ar", "kind", "category", "agreement_state", "specificity", "status",
        "status_since", "value", "verified_by", "verification_method", "verification_access", "verified_at",
        "suspended_until", "target", "unit", "unit_ar", "comparator", "per", "tolerance", "due_anchor", "due_at",
        "due_offset", "extended_to", "long_stop_at", "review_interval", "checked_at", "checked_where",
    }
)  # fmt: skip
RELATIONS = frozenset({"verified_by_actor", "waived_by", "beneficiary", "finding_rejected_by", "obligors"})


def conflict_document(exc: VersionConflict, context: Mapping[str, Any]) -> dict[str, Any]:
    """The 412's own member: versions, who was first, and each field that differs."""
    request = context["request"]
    viewer = viewer_for(request.user)
    document: dict[str, Any] = {
        "opened_version": exc.opened_version,
        "saved_version": exc.saved_version,
        "fields": [
            {"field": one.field, "opened": one.opened, "saved": one.saved, "yours": one.yours}
            for one in shown(exc.conflicts, viewer)
        ],
        "changed_at": None,
        "changed_by": None,
    }
    if exc.entry is not None:
        document["changed_at"] = exc.entry.inserted_at
        document["changed_by"] = str(exc.entry.actor) if exc.entry.actor else None
    return document


def shown(conflicts: Iterable[FieldConflict], viewer: Viewer) -> list[FieldConflict]:
    """The fields in conflict that the caller may see all of."""
    rows = list(conflicts)
    ids = {key for row in rows if row.field in RELATIONS for key in _ids(row)}
    visible: set[str] = set()
    if ids:
        for rows_of in (Actor.objects.visible_to(viewer), Party.objects.visible_to(viewer)):
            visible |= {str(key) for key in rows_of.filter(public_id__in=ids).values_list("public_id", flat=True)}
    return [row for row in rows if row.field in PLAIN or (row.field in RELATIONS and _ids(row) <= visible)]


def _ids(row: FieldConflict) -> set[str]:
    found: set[str] = set()
    for value in (row.opened, row.saved, row.yours):
        found |= set(value) if isinstance(value, list) else {value} if value else set()
    return found
