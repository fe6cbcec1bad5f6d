"""What a note is about: an item of any kind, named only to who may see it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from negotiations.models import MarkedItem
from negotiations.selectors.state_rows import Row
from negotiations.services.subject import kind_of

from ..serializers.naming import SubjectName
from .around import Around
from .field import Field


def _subjects(rows: Sequence[Row], around: Around) -> dict[Any, dict[str, Any]]:
    """The visible subjects by their ids: one query for each kind there is among them."""
    reading, found = around.reading, {}
    wanted: defaultdict[str, set[Any]] = defaultdict(set)
    for row in rows:
        wanted[row["subject_type"]].add(row["subject_id"])
    for noun, ids in wanted.items():
        if noun == "negotiation":
            found[reading.negotiation.public_id] = {"kind": noun, "id": reading.negotiation.public_id, "name": None}
            continue
        kind = kind_of(noun)
        if not issubclass(kind, MarkedItem):
            continue
        named_by = next((name for name in ("ref", "number") if hasattr(kind, name)), "public_id")
        for row in reading.visible(kind).filter(public_id__in=ids).values("public_id", named_by):
            name = None if named_by == "public_id" else str(row[named_by])
            found[row["public_id"]] = {"kind": noun, "id": row["public_id"], "name": name}
    return found


def _value(row: Row, around: Around) -> dict[str, Any] | None:
    return around.looked_up("subject", _subjects).get(row["subject_id"])


SUBJECT = Field(
    name="subject",
    columns=("subject_type", "subject_id"),
    value=_value,
    described=lambda: SubjectName(allow_null=True),
)
