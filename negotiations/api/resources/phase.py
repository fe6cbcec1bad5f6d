"""Phases: as the phase-state document holds them, with readiness and blockers."""

from __future__ import annotations

from negotiations.models import Phase
from negotiations.selectors.filters.phase import PhaseFilter
from negotiations.selectors.phase_state import phase_states

from ..pagination import Sort
from ..serializers.phase_state import PhaseLine
from .reading import Reading
from .resource import Computed, Resource


def computed(reading: Reading, only: int | None) -> Computed | None:
    found = phase_states(reading.negotiation, viewer=reading.viewer, moment=reading.moment, only=only)
    if found is None:
        return None
    reading.shaken = found.shaken
    return Computed(found.documents, found.at, found.valid_until)


RESOURCE = Resource(
    kind=Phase,
    plural="phases",
    line=PhaseLine,
    order=(Sort("number"),),
    filters=PhaseFilter,
    named_by="number",
    computes=computed,
)
