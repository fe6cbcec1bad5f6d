"""Verbs on conditions: the wording, where they stand, who looked, who rejects a finding."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from negotiations.models import Actor, Condition, Negotiation, Party, Tracked, User
from negotiations.rules.codes import ConditionStatus, VerificationMethod, VerifiedBy, VerifierAccess
from negotiations.services.condition import (
    add_condition,
    change_condition_status,
    check_condition,
    edit_condition,
    reject_finding,
)
from negotiations.services.finding import Finding

from ..serializers.fields import code
from .body import Body, Edit, NewItem, Told
from .fields import Moment, Related, text
from .verb import Call, Verb

COLUMNS = (
    "title", "title_ar", "text", "text_ar", "clause", "kind", "category", "obligors", "beneficiary", "verifier",
    "agreement_state", "specificity", "target", "unit", "unit_ar", "comparator", "per", "ratio_to", "tolerance",
    "due_anchor", "due_at", "due_phase", "due_condition", "due_offset", "extended_to", "long_stop_at",
    "review_interval", "corresponds_to", "owner",
)  # fmt: skip


class ConditionWrite(Edit):
    """An obligation of the text: its wording and its terms."""

    corresponds_to = Related(Condition, anywhere=True, required=False, allow_null=True)
    owner = Related(User, required=False, allow_null=True)

    class Meta:
        model = Condition
        fields = COLUMNS


class ConditionNew(NewItem):
    """A new obligation of a phase; marked like the phase unless you narrow it."""

    ref = serializers.RegexField(
        r"^[A-Za-z0-9][A-Za-z0-9.]{0,15}$", required=False, help_text="As the text numbers it, such as 1.4."
    )
    corresponds_to = Related(Condition, anywhere=True, required=False, allow_null=True)
    owner = Related(User, required=False, allow_null=True)

    class Meta:
        model = Condition
        fields = ("phase", "ref", *COLUMNS)


class VerificationWrite(Body):
    """Whose word it is, how it was found, with what access, when."""

    by = code(VerifiedBy)
    actor = Related(Actor, required=False, allow_null=True, default=None, help_text="The third party's id.")
    method = code(VerificationMethod, required=False, allow_blank=True, default="")
    access = code(VerifierAccess, required=False, allow_blank=True, default="")
    at = Moment(is_past=True, required=False, allow_null=True, default=None)


class ConditionStatusWrite(Told):
    """Where the condition stands, why, and on which sources."""

    status = code(ConditionStatus)
    reason = serializers.CharField(max_length=4000, allow_blank=True)
    verification = VerificationWrite(required=False, allow_null=True, default=None)
    value = serializers.DecimalField(
        max_digits=16, decimal_places=4, required=False, allow_null=True, default=None, help_text="The measure so far."
    )
    waived_by = Related(Party, required=False, allow_null=True, default=None, help_text="The party that waives.")
    suspended_until = text(300, help_text="What the obligor says it waits for.")


class ConditionCheckWrite(Told):
    """Somebody looked, and the status is still true."""

    where = serializers.CharField(max_length=300, help_text="Where they looked.")


class FindingRejection(Told):
    """A party rejects what the verifier found."""

    party = Related(Party)


def finding_columns(values: dict[str, Any]) -> dict[str, Any]:
    """What was sent as a finding, by the columns of the condition."""
    verified = values["verification"] or {"by": "", "actor": None, "method": "", "access": "", "at": None}
    return {
        "verified_by": verified["by"],
        "verified_by_actor": verified["actor"],
        "verification_method": verified["method"],
        "verification_access": verified["access"],
        "verified_at": verified["at"],
        "value": values["value"],
        "waived_by": values["waived_by"],
        "suspended_until": values["suspended_until"],
    }


def change_status(call: Call) -> Tracked:
    finding = Finding(**finding_columns(call.values))
    return change_condition_status(
        call.item, act=call.act, version=call.version, status=call.values["status"], finding=finding
    )


VERBS = (
    Verb(
        name="condition.added",
        on=Negotiation,
        makes=Condition,
        body=ConditionNew,
        run=lambda call: add_condition(**call.made),
        summary="Add an obligation of the text",
        example={
            "phase": "1",
            "title": "Withdraw to the agreed line",
            "category": "withdrawal_redeployment",
            "obligors": ["5f0c7d3e-0f2b-4d0e-9b1a-2c1f3a4b5c6d"],
            "due_anchor": "entry_into_force",
            "due_offset": "P30D",
            "reason": "Clause 2.",
            "citations": [{"source": "S1", "credibility": "1", "locator": "clause 2"}],
        },
    ),
    Verb(
        name="condition.edited",
        on=Condition,
        body=ConditionWrite,
        run=lambda call: edit_condition(call.item, **call.amended),
        summary="Edit the wording or the terms of a condition",
        example={"extended_to": "2025-12-01T00:00:00Z", "reason": "Both sides agreed to two more weeks."},
    ),
    Verb(
        name="condition.status_changed",
        on=Condition,
        path="status",
        body=ConditionStatusWrite,
        run=change_status,
        summary="Assess where the condition stands",
        description="Writes one entry of the record. `met` and `breached` are findings: by a verifier, or the "
        "acknowledgement of the side they burden, cited at B2 or better. Where the negotiation asks for two persons, "
        "a breach or a contest is only proposed: the answer is then 202 with the proposal, and the condition stands as "
        "it stood until somebody else confirms it.",
        may_propose=True,
        example={
            "status": "met",
            "reason": "The monitors counted no post south of the line.",
            "citations": [{"source": "S1", "credibility": "2", "locator": "paragraph 4"}],
            "verification": {
                "by": "third_party",
                "actor": "5f0c7d3e-0f2b-4d0e-9b1a-2c1f3a4b5c6d",
                "method": "on_site",
                "access": "full",
                "at": "2025-11-09T10:00:00Z",
            },
            "effective_at": "2025-11-09T10:00:00Z",
        },
    ),
    Verb(
        name="condition.checked",
        on=Condition,
        path="check",
        body=ConditionCheckWrite,
        run=lambda call: check_condition(call.item, **call.amended),
        summary="Record that the status is still true",
        example={"where": "The monitors' weekly bulletin", "citations": [{"source": "S1", "credibility": "2"}]},
    ),
    Verb(
        name="condition.finding_rejected",
        on=Condition,
        path="reject-finding",
        body=FindingRejection,
        run=lambda call: reject_finding(call.item, **call.amended),
        summary="Record that a party rejects the verifier's finding",
        description="The status does not move by it.",
        example={
            "party": "5f0c7d3e-0f2b-4d0e-9b1a-2c1f3a4b5c6d",
            "reason": "Its spokesman said so.",
            "citations": [{"source": "S1", "credibility": "1"}],
        },
    ),
)
