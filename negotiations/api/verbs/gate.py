"""Verbs on gates: who says that a condition must hold before a phase starts."""

from __future__ import annotations

from negotiations.models import Actor, Gate, Negotiation
from negotiations.services.gate import assert_gate, edit_gate, withdraw_gate

from .body import NewItem, Told
from .fields import RelatedList
from .verb import Verb


class GateNew(NewItem):
    """A condition that gates a phase, by the text or by the word of named actors."""

    class Meta:
        model = Gate
        fields = ("phase", "condition", "authority", "asserted_by")


class GateWrite(Told):
    """Who says so now."""

    asserted_by = RelatedList(Actor)


VERBS = (
    Verb(
        name="gate.asserted",
        on=Negotiation,
        makes=Gate,
        body=GateNew,
        run=lambda call: assert_gate(**call.made),
        summary="Say that a condition gates a phase",
        example={"phase": "2", "condition": "C1", "authority": "text", "reason": "Clause 4."},
    ),
    Verb(
        name="gate.edited",
        on=Gate,
        body=GateWrite,
        run=lambda call: edit_gate(call.item, **call.amended),
        summary="Change who asserts the gate",
        example={"asserted_by": ["5f0c7d3e-0f2b-4d0e-9b1a-2c1f3a4b5c6d"], "reason": "It said so on Monday."},
    ),
    Verb(
        name="gate.withdrawn",
        on=Gate,
        path="withdraw",
        body=Told,
        run=lambda call: withdraw_gate(call.item, **call.amended),
        summary="Record that nobody asserts the gate any more",
        example={"reason": "Both sides dropped it."},
    ),
)
