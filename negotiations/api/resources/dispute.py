"""Disputes: open disagreements that hold something back."""

from __future__ import annotations

from negotiations.models import Condition, Dispute, Gate, Phase
from negotiations.rules.codes import DisputeCategory, DisputeStatus, DisputeType, Rung
from negotiations.selectors.filters.dispute import DisputeFilter

from ..pagination import Sort
from .field import RESTS_ON_RETRACTED, columns, labelled, made_of, many, one
from .resource import resource

RESOURCE = resource(
    Dispute,
    "disputes",
    made_of(
        Dispute,
        columns(Dispute, "ref", "title", "title_ar", "question", "question_ar"),
        labelled(Dispute, "category", DisputeCategory),
        labelled(Dispute, "type", DisputeType),
        labelled(Dispute, "status", DisputeStatus),
        RESTS_ON_RETRACTED,
        labelled(Dispute, "rung", Rung),
        columns(Dispute, "rung_due_at"),
        many("conditions", Condition),
        one("phase", Phase),
        one("gate", Gate),
        columns(Dispute, "pole_low", "pole_low_ar", "pole_high", "pole_high_ar", "opened_at", "closed_at", "outcome"),
    ),
    order=(Sort("ref", is_natural=True),),
    filters=DisputeFilter,
    is_small=True,
)
