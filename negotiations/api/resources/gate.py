"""Gates: what must hold before a phase starts, and who says so."""

from __future__ import annotations

from negotiations.models import Actor, Clause, Condition, Gate, Phase
from negotiations.rules.codes import GateAuthority
from negotiations.selectors.filters.gate import GateFilter

from ..pagination import Sort
from .field import columns, labelled, made_of, many, one
from .resource import resource

RESOURCE = resource(
    Gate,
    "gates",
    made_of(
        Gate,
        one("phase", Phase),
        one("condition", Condition),
        labelled(Gate, "authority", GateAuthority),
        many("asserted_by", Actor),
        one("clause", Clause),
        columns(Gate, "withdrawn_at"),
    ),
    order=(Sort("phase__number"), Sort("condition__ref", is_natural=True), Sort("authority")),
    filters=GateFilter,
    named_by="",
    is_small=True,
)
