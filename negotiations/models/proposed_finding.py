"""Findings that wait for a second person, where a negotiation asks for two."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from negotiations.rules.codes import ConditionStatus, FindingState, VerificationMethod, VerifiedBy, VerifierAccess

from .base import MarkedItem, code, known, marked


class ProposedFinding(MarkedItem):
    """A proposed "breached" or "contested" that is no status until a different editor confirms it.

    It rests on `opened_version` of its condition: if the condition changed meanwhile it is void. Its
    reason and sources stand on the entry that proposes it. Marked like its condition or narrower.
    """

    condition = models.ForeignKey("negotiations.Condition", on_delete=models.PROTECT, related_name="proposed_findings")
    opened_version = models.PositiveIntegerField()
    status = code(ConditionStatus)
    state = code(FindingState, default=FindingState.PROPOSED)
    found_at = models.DateTimeField()
    verified_by = code(VerifiedBy, blank=True)
    verified_by_actor = models.ForeignKey(
        "negotiations.Actor", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    verification_method = code(VerificationMethod, blank=True)
    verification_access = code(VerifierAccess, blank=True)
    verified_at = models.DateTimeField(null=True, blank=True)
    value = models.DecimalField(max_digits=16, decimal_places=4, null=True, blank=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta(MarkedItem.Meta):
        constraints = [
            *marked("proposedfinding"),
            *known(
                "proposedfinding",
                blank=("verified_by", "verification_method", "verification_access"),
                status=ConditionStatus,
                state=FindingState,
                verified_by=VerifiedBy,
                verification_method=VerificationMethod,
                verification_access=VerifierAccess,
            ),
            models.CheckConstraint(
                name="proposedfinding_needs_two",
                condition=Q(status__in=[ConditionStatus.BREACHED, ConditionStatus.CONTESTED]),
            ),
            models.CheckConstraint(
                name="proposedfinding_confirmed_by_another",
                condition=~Q(state=FindingState.CONFIRMED) | ~Q(decided_by=models.F("proposed_by")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.status} proposed for {self.condition_id}"
