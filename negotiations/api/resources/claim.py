"""Claims: what somebody says about conditions."""

from __future__ import annotations

from negotiations.models import Actor, Claim, Condition
from negotiations.rules.codes import ClaimKind
from negotiations.selectors.filters.claim import ClaimFilter

from ..pagination import Sort
from .field import columns, labelled, made_of, many, one
from .resource import resource

RESOURCE = resource(
    Claim,
    "claims",
    made_of(
        Claim,
        columns(Claim, "ref"),
        one("claimant", Actor),
        columns(Claim, "speaker"),
        labelled(Claim, "kind", ClaimKind),
        many("conditions", Condition),
        columns(Claim, "text", "text_ar", "text_language", "value_low", "value_best", "value_high", "unit"),
        columns(Claim, "period_start", "period_end", "said_at", "withdrawn_at"),
    ),
    order=(Sort("said_at", is_descending=True),),
    filters=ClaimFilter,
)
