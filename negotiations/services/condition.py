"""Verbs on conditions: what the text requires, and where it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from negotiations.models import Actor, Condition, Party, Phase
from negotiations.models.snapshot import plain
from negotiations.rules.codes import ConditionKind, ConditionStatus, VerifiedBy
from negotiations.rules.evidence import Verification, check_evidence
from negotiations.rules.measures import check_measure

from .act import Act
from .citing import check_cited, evidence_for
from .claim import has_differing_claims
from .guards import as_column
from .record import Record, add, amend, writing
from .schedule import check_circles, check_due_fields
from .status import check_from, values_at


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


def add_condition(
    *,
    act: Act,
    phase: Phase,
    title: str,
    category: str,
    obligors: Iterable[Party] = (),
    **fields: Any,
) -> Condition:
    """Add an obligation of the text to a phase; marked like the phase unless the caller narrows it.

    Raises DeadlineRefused for a due moment that is not whole or hangs on itself.
    """
    fields.setdefault("marking", phase.marking)
    condition = Condition(negotiation=phase.negotiation, phase=phase, title=title, category=category, **fields)
    check_due_fields(condition, fields)
    with transaction.atomic():
        added = add(condition, "condition.added", act=act, relate={"obligors": obligors})
        check_circles(phase.negotiation, fields)
    return added


def edit_condition(
    condition: Condition,
    *,
    act: Act,
    version: int | None,
    obligors: Iterable[Party] | None = None,
    **fields: Any,
) -> Condition:
    """Change the wording or terms of a condition; its status has a verb of its own."""
    relate = None if obligors is None else {"obligors": obligors}
    check_due_fields(condition, fields)
    with transaction.atomic():
        edited = amend(condition, "condition.edited", act=act, version=version, relate=relate, **fields)
        check_circles(condition.negotiation, fields)
    return edited


def change_condition_status(
    condition: Condition, *, act: Act, version: int | None, status: str, finding: Finding | None = None
) -> Condition:
    """Assess where the condition stands. The same status with another measure is a change too.

    Raises TransitionRefused, EvidenceRefused or VersionConflict, and then writes nothing.
    """
    finding = finding or Finding()
    told = {field.name: getattr(finding, field.name) for field in fields(finding)}
    if finding.value is None:
        del told["value"]
    if told["verified_by"] and told["verified_at"] is None:
        told["verified_at"] = act.effective_at
    with writing(condition.negotiation, act) as record:
        saved = record.lock(condition, version, {"status": status, **told})
        before = values_at(saved, record.effective_at)
        is_measure = (
            finding.value is not None
            and before.get("status") == status
            and before.get("value") != plain(as_column(saved, "value", finding.value))
        )
        if not is_measure:
            check_from(saved, record.effective_at, status, ConditionStatus)
        check_status_evidence(record, saved, status, finding)
        check_measure(
            status,
            finding.value if finding.value is not None else saved.value,
            # A tranche may fall short where earlier ones ran over; its exchange counts the whole.
            target=None if saved.kind == ConditionKind.RECIPROCAL_TRANCHE else saved.target,
            comparator=saved.comparator,
            tolerance=saved.tolerance,
            per=saved.per,
        )
        since: dict[str, Any] = {} if is_measure else {"status_since": record.effective_at}
        record.change(saved, "condition.status_changed", status=status, **since, **told)
        return saved


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
        beneficiaries=[condition.beneficiary] if condition.beneficiary else [],
        suspension_announced=bool(finding.suspended_until),
    )


def check_condition(condition: Condition, *, act: Act, version: int | None, where: str) -> Condition:
    """Record that somebody looked and the status is still true, naming where they looked."""
    with writing(condition.negotiation, act) as record:
        saved = record.lock(condition, version, {"checked_where": where})
        record.change(saved, "condition.checked", checked_at=record.effective_at, checked_where=where)
        return saved


def reject_finding(condition: Condition, *, act: Act, version: int | None, party: Party) -> Condition:
    """Record that a party rejects the verifier's finding; the status does not move by it."""
    with writing(condition.negotiation, act) as record:
        saved = record.lock(condition, version, {"finding_rejected_by": party})
        check_cited(saved, act)
        record.change(saved, "condition.finding_rejected", finding_rejected_by=party)
        return saved
