"""Conditions: the obligations in the text."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from negotiations.rules.codes import (
    AgreementState,
    Anchor,
    Comparator,
    ConditionCategory,
    ConditionKind,
    ConditionStatus,
    QuantityPer,
    VerificationMethod,
    VerifiedBy,
    VerifierAccess,
)

from .base import MarkedItem, code, known, marked, recorded_with

KINDS = {
    "kind": ConditionKind,
    "category": ConditionCategory,
    "agreement_state": AgreementState,
    "status": ConditionStatus,
    "verified_by": VerifiedBy,
    "verification_method": VerificationMethod,
    "verification_access": VerifierAccess,
    "comparator": Comparator,
    "per": QuantityPer,
    "due_anchor": Anchor,
}
BLANK = ("verified_by", "verification_method", "verification_access", "comparator", "per", "due_anchor")


class Condition(MarkedItem):
    """Something the text obliges somebody to do, and where that stands by the tracker's assessment.

    `status` is assessed and always rests on evidence its readers may see. Overdue, blocked and
    stale are computed, never stored. `value` is the measure behind the status, in `unit`.
    `owner` is the person who keeps it current.
    """

    IS_STRUCTURE = True
    REF_PREFIX = "C"

    ref = models.CharField(max_length=16)
    phase = models.ForeignKey("negotiations.Phase", on_delete=models.PROTECT, related_name="conditions")
    clause = models.ForeignKey(
        "negotiations.Clause", null=True, blank=True, on_delete=models.PROTECT, related_name="conditions"
    )
    title = models.CharField(max_length=200)
    title_ar = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    text_ar = models.TextField(blank=True)
    kind = code(ConditionKind, default=ConditionKind.MILESTONE)
    category = code(ConditionCategory)
    obligors = models.ManyToManyField(
        "negotiations.Party", through="negotiations.Obligation", related_name="obligations"
    )
    beneficiary = models.ForeignKey(
        "negotiations.Party", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    verifier = models.ForeignKey(
        "negotiations.ThirdParty", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    agreement_state = code(AgreementState, default=AgreementState.AGREED)
    specificity = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="1 rhetorical, 2 general mechanism, 3 detailed and enforceable (PA-X)"
    )
    status = code(ConditionStatus, default=ConditionStatus.NOT_ASSESSED)
    status_since = models.DateTimeField(null=True, blank=True)
    value = models.DecimalField(max_digits=16, decimal_places=4, null=True, blank=True)
    verified_by = code(VerifiedBy, blank=True)
    verified_by_actor = models.ForeignKey(
        "negotiations.Actor", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    verification_method = code(VerificationMethod, blank=True)
    verification_access = code(VerifierAccess, blank=True)
    verified_at = models.DateTimeField(null=True, blank=True)
    finding_rejected_by = models.ForeignKey(
        "negotiations.Party", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    waived_by = models.ForeignKey(
        "negotiations.Party", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    suspended_until = models.CharField(max_length=300, blank=True, help_text="What the obligor says it waits for.")
    target = models.DecimalField(max_digits=16, decimal_places=4, null=True, blank=True)
    unit = models.CharField(max_length=60, blank=True)
    unit_ar = models.CharField(max_length=60, blank=True)
    comparator = code(Comparator, blank=True)
    per = code(QuantityPer, blank=True)
    ratio_to = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    tolerance = models.DecimalField(max_digits=16, decimal_places=4, null=True, blank=True)
    due_anchor = code(Anchor, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    due_phase = models.ForeignKey(
        "negotiations.Phase", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    due_condition = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    due_offset = models.DurationField(null=True, blank=True)
    extended_to = models.DateTimeField(null=True, blank=True)
    long_stop_at = models.DateTimeField(null=True, blank=True)
    review_interval = models.DurationField(null=True, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_where = models.CharField(max_length=300, blank=True)
    corresponds_to = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="corresponding"
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta(MarkedItem.Meta):
        indexes = [
            # What an answer hangs on beyond its own negotiation has to be found at every read.
            models.Index(
                fields=["negotiation", "corresponds_to"],
                name="condition_resembling",
                condition=Q(corresponds_to__isnull=False),
            )
        ]
        constraints = [
            *marked("condition"),
            *known("condition", blank=BLANK, **KINDS),
            models.UniqueConstraint(fields=["negotiation", "ref"], name="condition_ref_unique"),
            models.CheckConstraint(
                name="condition_specificity_1_to_3",
                condition=Q(specificity__isnull=True) | Q(specificity__range=(1, 3)),
            ),
            models.CheckConstraint(
                name="condition_value_not_negative", condition=Q(value__isnull=True) | Q(value__gte=0)
            ),
            models.CheckConstraint(
                name="condition_waiver_is_named",
                condition=~Q(status=ConditionStatus.WAIVED) | Q(waived_by__isnull=False),
            ),
            models.CheckConstraint(
                name="condition_met_is_verified",
                condition=~Q(status=ConditionStatus.MET)
                | Q(verified_by__in=[VerifiedBy.COUNTERPARTY, VerifiedBy.THIRD_PARTY]),
            ),
            models.CheckConstraint(
                name="condition_breached_is_found",
                condition=~Q(status=ConditionStatus.BREACHED)
                | Q(verified_by__in=[VerifiedBy.OBLIGOR, VerifiedBy.THIRD_PARTY]),
            ),
            models.CheckConstraint(
                name="condition_not_its_own_anchor", condition=Q(due_condition__isnull=True) | ~Q(due_condition=F("id"))
            ),
            models.CheckConstraint(
                name="condition_due_is_whole",
                condition=Q(due_anchor="", due_at__isnull=True)
                | Q(due_anchor=Anchor.DATE, due_at__isnull=False)
                | Q(due_anchor=Anchor.ENTRY_INTO_FORCE, due_offset__isnull=False)
                | Q(due_anchor=Anchor.PHASE_START, due_phase__isnull=False, due_offset__isnull=False)
                | Q(due_anchor=Anchor.CONDITION_MET, due_condition__isnull=False, due_offset__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ref} {self.title}"


class Obligation(models.Model):
    """A party's duty under a condition; a condition may bind several."""

    condition = models.ForeignKey(Condition, on_delete=models.CASCADE, related_name="obligations")
    party = models.ForeignKey("negotiations.Party", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["condition", "party"], name="obligation_once")]
        triggers = [recorded_with("negotiations_condition", "condition_id")]

    def __str__(self) -> str:
        return f"{self.party_id} owes {self.condition_id}"
