"""Verbs on phases: their plan, their assessed status, and what was declared of them."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from negotiations.models import Actor, Negotiation, Phase
from negotiations.rules.codes import PhaseStatus

from .act import Act
from .citing import check_cited
from .record import add, amend, writing
from .schedule import check_circles
from .status import check_from

ENDED = frozenset({PhaseStatus.COMPLETED, PhaseStatus.EXPIRED, PhaseStatus.COLLAPSED, PhaseStatus.SUPERSEDED})


def add_phase(*, act: Act, negotiation: Negotiation, number: int, title: str, **fields: Any) -> Phase:
    return add(Phase(negotiation=negotiation, number=number, title=title, **fields), "phase.added", act=act)


def edit_phase(phase: Phase, *, act: Act, version: int | None, **fields: Any) -> Phase:
    """Change the plan or the words of a phase; raises DeadlineRefused for a plan that hangs on itself."""
    with transaction.atomic():
        edited = amend(phase, "phase.edited", act=act, version=version, **fields)
        check_circles(phase.negotiation, fields)
    return edited


def change_phase_status(phase: Phase, *, act: Act, version: int | None, status: str) -> Phase:
    """Assess where the phase stands; the first `active` dates its start, an ending status its end."""
    with writing(phase.negotiation, act) as record:
        saved = record.lock(phase, version, {"status": status})
        check_from(saved, record.effective_at, status, PhaseStatus)
        check_cited(saved, act)
        dates: dict[str, Any] = {}
        if status == PhaseStatus.ACTIVE and saved.started_at is None:
            dates["started_at"] = record.effective_at
        if status in ENDED:
            dates["ended_at"] = record.effective_at
        record.change(saved, "phase.status_changed", status=status, **dates)
        return saved


def declare_phase(phase: Phase, *, act: Act, version: int | None, status: str, declared_by: Actor) -> Phase:
    """Record what an actor declared of the phase; the assessed status does not move by it."""
    with writing(phase.negotiation, act) as record:
        saved = record.lock(phase, version, {"declared_status": status})
        check_cited(saved, act)
        record.change(
            saved,
            "phase.declared",
            declared_status=status,
            declared_by=declared_by,
            declared_at=record.effective_at,
        )
        return saved
