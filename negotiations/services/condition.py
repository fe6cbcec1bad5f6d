"""Verbs on conditions: what the text requires, and where it stands."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from negotiations.models import Condition, Party, Phase, ProposedFinding

from .act import Act
from .citing import check_cited
from .finding import Finding, assess, check_assessment, told_by
from .proposed_finding import propose_finding, waits_for_second
from .record import add, amend, writing
from .schedule import check_circles, check_due_fields


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
) -> Condition | ProposedFinding:
    """Assess where the condition stands. The same status with another measure is a change too.

    Where the negotiation asks for two persons, a new breach or contest changes nothing yet: it is
    proposed to a second person, and the proposed finding is what is returned. Raises
    TransitionRefused, EvidenceRefused or VersionConflict, and then writes nothing.
    """
    finding = finding or Finding()
    with writing(condition.negotiation, act) as record:
        saved = record.lock(condition, version, {"status": status, **told_by(finding, act.effective_at)})
        is_measure = check_assessment(record, saved, status, finding)
        if not is_measure and waits_for_second(saved, status):
            return propose_finding(record, saved, status, finding)
        assess(record, saved, status, finding, is_measure=is_measure)
        return saved


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
