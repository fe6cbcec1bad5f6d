"""Verbs on findings that wait for a second person."""

from __future__ import annotations

from rest_framework import serializers

from negotiations.models import ProposedFinding
from negotiations.services.proposed_finding import confirm_finding, decline_finding

from .body import Told
from .verb import Verb


class FindingDecline(Told):
    """Why it is declined."""

    reason = serializers.CharField(max_length=4000)


VERBS = (
    Verb(
        name="proposedfinding.confirmed",
        on=ProposedFinding,
        path="confirm",
        body=Told,
        run=lambda call: confirm_finding(call.item, **call.amended),
        needs_version=False,
        answers_with=lambda proposed: proposed.condition,
        summary="Agree to a finding as a second person",
        description="The status changes as it was proposed. A finding whose condition has changed meanwhile is void. "
        "Answers with the condition.",
        example={"reason": "Read the report myself."},
    ),
    Verb(
        name="proposedfinding.declined",
        on=ProposedFinding,
        path="decline",
        body=FindingDecline,
        run=lambda call: decline_finding(call.item, **call.amended),
        needs_version=False,
        answers_with=lambda proposed: proposed.condition,
        summary="Decline a finding as a second person",
        description="The condition stays as it is. Answers with the condition.",
        example={"reason": "The report speaks of another post."},
    ),
)
