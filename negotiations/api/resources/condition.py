"""Conditions: as the phase-state document holds them, with every computed flag."""

from __future__ import annotations

from negotiations.models import Condition
from negotiations.rules.freshness import Freshness
from negotiations.selectors.filters.condition import ConditionFilter
from negotiations.selectors.phase_state import condition_states

from ..pagination import Sort
from ..serializers.condition import ConditionLine
from .reading import Reading
from .resource import Computed, Document, Resource


def computed(reading: Reading, only: int | None) -> Computed | None:
    found = condition_states(reading.negotiation, viewer=reading.viewer, moment=reading.moment, only=only)
    if found is None:
        return None
    reading.shaken = found.shaken
    return Computed(found.documents, found.at, found.valid_until)


def _is_overdue(document: Document) -> bool:
    return bool(document["due"] and document["due"]["is_overdue"])


RESOURCE = Resource(
    kind=Condition,
    plural="conditions",
    line=ConditionLine,
    order=(Sort("phase", has_nulls=True), Sort("ref", is_natural=True)),
    filters=ConditionFilter,
    computes=computed,
    flags={
        "is_overdue": _is_overdue,
        "is_blocked": lambda document: bool(document["is_blocked"]),
        "is_stale": lambda document: document["freshness"]["state"] == Freshness.STALE,
    },
    paths=("status",),
)
