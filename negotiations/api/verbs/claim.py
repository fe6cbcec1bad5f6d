"""Verbs on claims: what somebody says, beside what others say."""

from __future__ import annotations

from negotiations.models import Claim, Negotiation
from negotiations.services.claim import edit_claim, make_claim, withdraw_claim

from .body import Edit, NewItem, Told
from .fields import Moment
from .verb import Verb

WORDS = (
    "kind", "text", "text_ar", "text_language", "speaker", "value_low", "value_best", "value_high", "unit",
    "period_start", "period_end",
)  # fmt: skip


class ClaimWrite(Edit):
    """How a claim was put."""

    class Meta:
        model = Claim
        fields = WORDS


class ClaimNew(NewItem):
    """An attributed statement about conditions."""

    said_at = Moment(is_past=True)

    class Meta:
        model = Claim
        fields = ("claimant", "conditions", *WORDS, "said_at")


VERBS = (
    Verb(
        name="claim.made",
        on=Negotiation,
        makes=Claim,
        body=ClaimNew,
        run=lambda call: make_claim(negotiation=call.negotiation, **call.made),
        dated_by="said_at",
        summary="Record what somebody claims",
        description="It overwrites nothing and moves no status: competing claims stand side by side.",
        example={
            "claimant": "5f0c7d3e-0f2b-4d0e-9b1a-2c1f3a4b5c6d",
            "conditions": ["C1"],
            "kind": "measurement",
            "text": "Four posts remain south of the line.",
            "value_best": 4,
            "unit": "posts",
            "said_at": "2025-11-04T09:30:00Z",
            "citations": [{"source": "S1", "credibility": "3", "quote": "Four posts are still there."}],
        },
    ),
    Verb(
        name="claim.edited",
        on=Claim,
        body=ClaimWrite,
        run=lambda call: edit_claim(call.item, **call.amended),
        summary="Edit how a claim was put",
        example={"text_ar": "بقيت أربعة مواقع جنوب الخط.", "reason": "Translated."},
    ),
    Verb(
        name="claim.withdrawn",
        on=Claim,
        path="withdraw",
        body=Told,
        run=lambda call: withdraw_claim(call.item, **call.amended),
        summary="Record that the claimant took it back",
        example={"reason": "Its spokesman corrected the number."},
    ),
)
