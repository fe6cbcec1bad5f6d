"""Verbs on disputes."""

from __future__ import annotations

from negotiations.models import Dispute, Negotiation
from negotiations.rules.codes import DisputeStatus, Rung
from negotiations.services.dispute import change_dispute_status, edit_dispute, move_dispute, open_dispute

from ..serializers.fields import code
from .body import Edit, NewItem, Told
from .fields import Moment, text
from .verb import Verb

COLUMNS = (
    "title", "title_ar", "question", "question_ar", "category", "type", "conditions", "phase", "gate",
    "pole_low", "pole_low_ar", "pole_high", "pole_high_ar",
)  # fmt: skip


class DisputeWrite(Edit):
    """A disagreement: its words, and what it holds."""

    class Meta:
        model = Dispute
        fields = COLUMNS


class DisputeNew(NewItem):
    """A new disagreement over conditions, a phase or a gate."""

    opened_at = Moment(is_past=True)

    class Meta:
        model = Dispute
        fields = (*COLUMNS, "opened_at")


class DisputeStatusWrite(Told):
    """Where the dispute stands."""

    status = code(DisputeStatus)
    outcome = text(4000, help_text="How it ended, where it did.")


class DisputeRungWrite(Told):
    """The level it is dealt with at."""

    rung = code(Rung)
    rung_due_at = Moment(required=False, allow_null=True, default=None, help_text="The clock of that level.")


VERBS = (
    Verb(
        name="dispute.opened",
        on=Negotiation,
        makes=Dispute,
        body=DisputeNew,
        run=lambda call: open_dispute(negotiation=call.negotiation, **call.made),
        dated_by="opened_at",
        summary="Open a dispute",
        example={
            "title": "Where the line runs",
            "category": "line_demarcation",
            "type": "interpretation",
            "conditions": ["C1"],
            "opened_at": "2025-11-02T08:00:00Z",
            "reason": "Each side sent a map of its own.",
            "citations": [{"source": "S1", "credibility": "2"}],
        },
    ),
    Verb(
        name="dispute.edited",
        on=Dispute,
        body=DisputeWrite,
        run=lambda call: edit_dispute(call.item, **call.amended),
        summary="Edit a dispute",
        example={"conditions": ["C1", "C2"], "reason": "It holds the release too."},
    ),
    Verb(
        name="dispute.status_changed",
        on=Dispute,
        path="status",
        body=DisputeStatusWrite,
        run=lambda call: change_dispute_status(call.item, **call.amended),
        summary="Record where the dispute stands",
        description="`resolved` and `withdrawn` close it; `deferred` and `dormant` still hold what they hold.",
        example={
            "status": "narrowed",
            "reason": "Only the northern post is left.",
            "citations": [{"source": "S1", "credibility": "2"}],
        },
    ),
    Verb(
        name="dispute.escalated",
        on=Dispute,
        path="escalate",
        body=DisputeRungWrite,
        run=lambda call: move_dispute(call.item, **call.amended),
        summary="Take the dispute to another level",
        example={
            "rung": "principals",
            "rung_due_at": "2025-11-20T12:00:00Z",
            "reason": "The commission did not agree.",
            "citations": [{"source": "S1", "credibility": "2"}],
        },
    ),
)
