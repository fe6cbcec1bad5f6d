"""Forms on gates: which conditions must hold before a phase starts, and who says so."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from negotiations.models import Actor, Clause, Condition, Gate, Phase
from negotiations.rules.codes import GateAuthority
from negotiations.services.gate import assert_gate, edit_gate, withdraw_gate

from .claim import WithdrawForm
from .fields import CodeField, PickField, PickManyField
from .sourced import SourcedForm
from .step import Doing, Step, changes


class GateForm(SourcedForm):
    """A gate is marked like its phase."""

    FACTS = ("phase", "condition", "authority", "clause", "asserted_by")
    PAIRS = (("phase", "condition"), ("authority", "clause"))

    phase = PickField(Phase, label=_("Before this phase starts"))
    condition = PickField(Condition, label=_("this condition must hold"))
    authority = CodeField(GateAuthority, label=_("Who says so"))
    clause = PickField(Clause, label=_("Clause"), required=False)
    asserted_by = PickManyField(Actor, label=_("Which actors say so, if not the text"))


class GateEditForm(SourcedForm):
    FACTS = ("asserted_by",)

    asserted_by = PickManyField(Actor, label=_("Which actors say so"))


def _assert(it: Doing) -> Any:
    return assert_gate(act=it.act, **it.facts)


def _stands(gate: Gate) -> bool:
    return gate.withdrawn_at is None


_step = partial(Step, noun="gate")
STEPS = (
    _step(
        name="new",
        verb="gate.asserted",
        title=_("Add an entry condition"),
        button=_("Add it"),
        form=GateForm,
        run=_assert,
    ),
    _step(
        name="edit",
        verb="gate.edited",
        title=_("Edit who says so"),
        button=_("Save changes"),
        form=GateEditForm,
        run=changes(edit_gate),
        on=Gate,
        applies=lambda gate: _stands(gate) and gate.authority == GateAuthority.ACTORS,
    ),
    _step(
        name="withdraw",
        verb="gate.withdrawn",
        title=_("Nobody asserts this entry condition any more"),
        button=_("Take it off the gate"),
        form=WithdrawForm,
        run=changes(withdraw_gate),
        on=Gate,
        applies=_stands,
    ),
)
