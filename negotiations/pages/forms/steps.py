"""Every step that people take on pages, by noun and name: one table, read by one view."""

from __future__ import annotations

from negotiations.models import MarkedItem

from . import (
    assessment,
    claim,
    dispute,
    gate,
    incident,
    instrument,
    link,
    marking,
    meeting,
    message,
    negotiation,
    note,
    obligation,
    party,
    phase,
    position,
    proposal,
    proposed_finding,
    source,
    window,
)
from .step import Step

MODULES = (
    obligation, claim, position, dispute, incident, proposal, message, meeting, note, source, assessment, window,
    phase, gate, link, instrument, party, negotiation, marking,
    proposed_finding,
)  # fmt: skip
STEPS: dict[tuple[str, str], Step] = {(step.noun, step.name): step for module in MODULES for step in module.STEPS}


def step_for(noun: str, name: str) -> Step | None:
    """The step; those on markings are the same for every kind of item."""
    return STEPS.get((noun, name)) or STEPS.get(("marking", name))


def steps_on(item: MarkedItem) -> list[Step]:
    """The steps that make sense for this very item now, whoever may take them."""
    own = [step for step in STEPS.values() if step.noun == item.noun() and step.on is not None]
    return [step for step in (*own, *marking.STEPS) if step.applies(item)]


def new_steps() -> list[Step]:
    """The steps that make something new in a negotiation, in the order of a menu."""
    return [step for step in STEPS.values() if step.name == "new" and step.noun != "note"]
