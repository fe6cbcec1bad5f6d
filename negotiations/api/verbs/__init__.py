"""The verbs as the interface offers them: one table, read by the addresses, the batch and the description."""

from __future__ import annotations

from . import (
    assessment,
    claim,
    condition,
    dispute,
    entry,
    gate,
    incident,
    instrument,
    link,
    marking,
    meeting,
    membership,
    message,
    negotiation,
    note,
    party,
    phase,
    position,
    proposal,
    proposed_finding,
    source,
    window,
)
from .verb import Verb

MODULES = (
    negotiation, instrument, party, phase, condition, gate, link, dispute, position, claim, proposal, meeting,
    message, note, incident, source, assessment, window, marking, entry, membership, proposed_finding,
)  # fmt: skip

VERBS: tuple[Verb, ...] = tuple(verb for module in MODULES for verb in module.VERBS)
OPENING = negotiation.OPENING
