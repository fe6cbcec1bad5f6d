"""Where a condition stands: the guards of an assessment, and the entry that tells of it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from decimal import Decimal
from typing import Any

from negotiations.models import Actor, Condition, Entry, Party
from negotiations.models.snapshot import plain
from negotiations.rules.codes import ConditionKind, ConditionStatus, VerifiedBy
from negotiations.rules.evidence import Verification, check_evidence
from negotiations.rules.measures import check_measure
from negotiations.rules.workflow import check_transition

from .citing import evidence_for
from .claim import has_differing_claims
from .guards import as_column
from .record import Record
from .status import values_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a status rests on: whose word, how it was found, with what access, when; and its measure.

    `waived_by` is the party that releases the obligation; `suspended_until` what the obligor says
    it waits for, which a cited announcement bears out.
    """

    verified_by: str = ""
    verified_by_actor: Actor | None = None
    verification_method: str = ""
    verification_access: str = ""
    verified_at: datetime | None = None
    value: Decimal | None = None
    waived_by: Party | None = None
    suspended_until: str = ""


def told_by(finding: Finding, effective_at: datetime | None) -> dict[str, Any]:
    """The columns of a condition that the finding sets; what was verified at no stated moment was so then."""
    told = {field.name: getattr(finding, field.name) for field in fields(finding)}
    if finding.value is None:
        del told["value"]
    if told["verified_by"] and told["verified_at"] is None:
        told["verified_at"] = effective_at
    return told


def check_assessment(record: Record, condition: Condition, status: str, finding: Finding) -> bool:
    """Refuse a status that may not follow or that its act does not bear out.

    Returns whether it is the same status with another measure.
    """
    before = values_at(condition, record.effective_at, record.last_state_of(condition))
    is_measure = (
        finding.value is not None
        and before.get("status") == status
        and before.get("value") != plain(as_column(condition, "value", finding.value))
    )
    if not is_measure and (old := before.get("status")):
        check_transition(old, status, ConditionStatus)
    check_status_evidence(record, condition, status, finding)
    check_measure(
        status,
        finding.value if finding.value is not None else condition.value,
        # A tranche may fall short where earlier ones ran over; its exchange counts the whole.
        target=None if condition.kind == ConditionKind.RECIPROCAL_TRANCHE else condition.target,
        comparator=condition.comparator,
        tolerance=condition.tolerance,
        per=condition.per,
    )
    return is_measure


def assess(record: Record, condition: Condition, status: str, finding: Finding, *, is_measure: bool = False) -> Entry:
    """Set the status of a locked condition, once it was checked, and tell of it."""
    since: dict[str, Any] = {} if is_measure else {"status_since": record.effective_at}
    told = told_by(finding, record.act.effective_at)
    return record.change(condition, "condition.status_changed", status=status, **since, **told)


def check_status_evidence(record: Record, condition: Condition, status: str, finding: Finding) -> None:
    """Refuse a status that its act does not bear out."""
    verification = None
    if finding.verified_by:
        verification = Verification(
            by=finding.verified_by,
            method=finding.verification_method or None,
            access=finding.verification_access or None,
            at=finding.verified_at,
            which=finding.verified_by_actor if finding.verified_by == VerifiedBy.THIRD_PARTY else None,
        )
    check_evidence(
        status,
        reason=record.act.reason,
        evidence=evidence_for(condition, record.act.cites),
        no_source_reason=record.act.no_source_reason,
        verification=verification,
        claims_differ=status == ConditionStatus.CONTESTED and has_differing_claims(condition, record.effective_at),
        waived_by=finding.waived_by,
        beneficiaries=[condition.beneficiary] if finding.waived_by and condition.beneficiary else [],
        suspension_announced=bool(finding.suspended_until),
    )
