"""Verbs on gates: who says that a condition must hold before a phase starts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from negotiations.models import Actor, Condition, Gate, Phase
from negotiations.rules.codes import GateAuthority
from negotiations.rules.errors import MarkingRefused, RuleError
from negotiations.rules.marking import rank

from .act import Act
from .record import amend, writing


def assert_gate(
    *,
    act: Act,
    phase: Phase,
    condition: Condition,
    authority: str = GateAuthority.TEXT,
    asserted_by: Iterable[Actor] = (),
    **fields: Any,
) -> Gate:
    """Record that the condition gates the phase: by the text, or by the word of named actors."""
    actors = list(asserted_by)
    if authority == GateAuthority.ACTORS and not actors:
        raise RuleError(_("Name who says so."), code="gate_unnamed", fields={"asserted_by": _("Name who says so.")})
    if rank(condition.marking) > rank(phase.marking):
        raise MarkingRefused(
            _("A condition that gates a phase may not be marked narrower than the phase."),
            fields={"condition": _("This condition is marked narrower than the phase.")},
        )
    fields.setdefault("marking", phase.marking)
    gate = Gate(negotiation=phase.negotiation, phase=phase, condition=condition, authority=authority, **fields)
    with writing(phase.negotiation, act) as record:
        return record.create(gate, "gate.asserted", relate={"asserted_by": actors})


def edit_gate(gate: Gate, *, act: Act, version: int | None, asserted_by: Iterable[Actor]) -> Gate:
    return amend(gate, "gate.edited", act=act, version=version, relate={"asserted_by": asserted_by})


def withdraw_gate(gate: Gate, *, act: Act, version: int | None) -> Gate:
    """Record that nobody asserts the gate any more."""
    with writing(gate.negotiation, act) as record:
        saved = record.lock(gate, version)
        record.change(saved, "gate.withdrawn", withdrawn_at=record.effective_at)
        return saved
