"""What happened in the January process, up to the resumption of strikes."""

from __future__ import annotations

from decimal import Decimal

from negotiations.rules.codes import (
    ConditionStatus,
    DisputeCategory,
    DisputeStatus,
    DisputeType,
    IncidentType,
    PhaseStatus,
    ResponseKind,
    Severity,
    Stance,
    VerifiedBy,
)

from ..clock import cairo
from ..row import row
from .structure import ENDED, EXPIRED, IN_FORCE

S, PHASE = ConditionStatus, PhaseStatus
MARCH_1, MARCH_2 = cairo(2025, 3, 1), cairo(2025, 3, 2)
PASSAGE = ("subnews-2mar/2",)
NO_DEAL = ("wenews-1mar/2", "particle-1mar/2")
END = ("wikipedia/2",)

STATUSES = (
    row("halt", at=IN_FORCE, cites=("herald-19jan/2", "wikipedia/3"), status=S.REPORTED_MET,
        reason="The ceasefire is reported to be in force."),
    row("areas", at=IN_FORCE, cites=("munsif-19jan/3",), status=S.IN_PROGRESS,
        reason="Forces are reported to withdraw from Rafah."),
    row("hostages", at=MARCH_1, cites=("particle-1mar/2", "subnews-1mar/2"), status=S.MET, value=Decimal(33),
        verified_by=VerifiedBy.COUNTERPARTY, verified_by_actor="israel",
        reason="All 33 were returned by 1 March: 25 living and 8 dead."),
    row("prisoners", at=MARCH_1, cites=("particle-1mar/2", "wenews-1mar/3"), status=S.REPORTED_MET,
        reason="Releases are reported; the counts differ from about 1,777 to about 2,000."),
    row("aid", at=MARCH_2, cites=("cnn-2mar/2",), status=S.SUSPENDED, suspended_until="Not said",
        reason="Israel stops the entry of all goods."),
    *(
        row(key, at=ENDED, cites=END, status=S.SUPERSEDED,
            reason="Strikes resumed and the ceasefire ended; the condition no longer binds.")
        for key in ("halt", "aid", "rafah", "areas", "philadelphi", "talks")
    ),
)  # fmt: skip

PHASE_HISTORY = (
    row("1", at=IN_FORCE, cites=("herald-19jan/2",), status=PHASE.ACTIVE, reason="The agreement is in force."),
    row("1", at=EXPIRED, cites=NO_DEAL, status=PHASE.EXPIRED, reason="Its 42 days ran out without a passage."),
    *(
        row(number, at=ENDED, cites=END, status=PHASE.COLLAPSED, reason="Strikes resumed and the ceasefire ended.")
        for number in ("1", "2", "3")
    ),
)

DISPUTES = (
    row(
        "passage", at=MARCH_1, cites=NO_DEAL, category=DisputeCategory.OTHER, type=DisputeType.INTERPRETATION,
        phase="2", conditions=("talks",),
        title="Passage to the second phase: automatic or to be agreed",
        title_ar="الانتقال إلى المرحلة الثانية: تلقائي أم بالاتفاق",
        question="Does the first phase pass into the second, or is it extended?",
        question_ar="هل تنتقل المرحلة الأولى إلى الثانية أم تُمدَّد؟",
    ),
)  # fmt: skip
MOVES = (row("passage", at=ENDED, cites=END, status=DisputeStatus.DORMANT, reason="The ceasefire ended with it open."),)

POSITIONS = (
    row("israel", at=MARCH_1, cites=PASSAGE, dispute="passage", actor="israel", stance=Stance.REJECTS,
        summary="No automatic transition between phases; the first phase is to be extended.",
        summary_ar="لا انتقال تلقائياً بين المراحل، ويُراد تمديد المرحلة الأولى.", speaker="Foreign minister"),
    row("hamas", at=MARCH_1, cites=NO_DEAL, dispute="passage", actor="hamas", stance=Stance.ACCEPTS,
        summary="Asks for the passage to the second phase.", summary_ar="تطلب الانتقال إلى المرحلة الثانية."),
)  # fmt: skip

PROPOSALS = (
    row("outline", at=MARCH_1, cites=NO_DEAL, title="Witkoff outline: extension of the first phase",
        title_ar="مقترح ويتكوف: تمديد المرحلة الأولى", tabled_by="united-states", dispute="passage",
        text="In paraphrase: the first phase is extended."),
)  # fmt: skip
RESPONSES = (
    row("israel", at=MARCH_1, cites=NO_DEAL, proposal_version="outline", party="israel", kind=ResponseKind.ACCEPT,
        text="Wants the extension."),
    row("hamas", at=MARCH_1, cites=NO_DEAL, proposal_version="outline", party="hamas", kind=ResponseKind.AMEND,
        text="Wants the second phase instead."),
)  # fmt: skip

INCIDENTS = (
    row("goods", at=MARCH_2, cites=("cnn-2mar/2",), type=IncidentType.BLOCKING_AID_OR_ACCESS,
        title="Entry of all goods stopped", title_ar="وقف دخول جميع البضائع", conditions=("aid",),
        alleged_responsible="israel", severity=Severity.SERIOUS, where_prec=4, date_prec=1),
    row("strikes", at=ENDED, cites=END, type=IncidentType.SHELLING_AIRSTRIKE, title="Strikes resume",
        title_ar="استئناف الغارات", conditions=("halt",), alleged_responsible="israel", severity=Severity.GRAVE,
        where_prec=4, date_prec=1),
)  # fmt: skip

COLLAPSE = row("collapse", at=ENDED, cites=END, by="lead", reason="Strikes resumed and the ceasefire ended.")
