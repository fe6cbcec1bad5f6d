"""Who may do what: one table of roles and verbs, as data."""

from __future__ import annotations

from .codes import Role
from .verbs import VERBS

READER: frozenset[str] = frozenset()

# What an analyst and a mediator's staff both do all day.
SHARED = frozenset(
    {
        "instrument.added", "instrument.edited", "clause.added", "clause.edited",
        "condition.added", "condition.edited", "condition.status_changed", "condition.checked",
        "condition.finding_rejected",
        "proposedfinding.made", "proposedfinding.confirmed", "proposedfinding.declined",
        "gate.asserted", "gate.edited", "gate.withdrawn", "link.added", "link.edited", "link.withdrawn",
        "phase.edited", "phase.status_changed", "phase.declared",
        "claim.made", "claim.edited", "claim.withdrawn",
        "dispute.opened", "dispute.edited", "dispute.status_changed", "dispute.escalated",
        "position.stated", "position.edited", "position.withdrawn",
        "proposal.tabled", "proposal.edited", "proposal.withdrawn", "proposalversion.tabled",
        "response.recorded", "response.edited",
        "meeting.held", "meeting.edited",
        "note.written", "note.edited", "note.answered",
        "incident.reported", "incident.edited", "incident.status_changed", "incident.found",
        "source.added", "source.edited", "source.retracted", "source.cited",
        "window.opened", "window.edited", "window.closed",
        "marking.narrowed",
        "entry.corrected", "entry.undone",
    }
)  # fmt: skip

ANALYST = SHARED | {"position.placed", "assessment.made", "assessment.edited", "assessment.resolved"}
MEDIATOR = SHARED | {"message.carried", "message.answered", "message.edited"}
# What the clock tells, and what follows from another act, is nobody's to say.
CLOCK = frozenset(
    {"condition.due_soon", "condition.due_tomorrow", "condition.overdue", "condition.stale", "phase.gate_met"}
)
LEAD = frozenset(VERBS) - CLOCK - {"negotiation.coverage_moved"}

ALLOWED: dict[Role, frozenset[str]] = {
    Role.READER: READER,
    Role.ANALYST: ANALYST,
    Role.MEDIATOR: MEDIATOR,
    Role.LEAD: LEAD,
}


def may(role: Role | None, verb: str) -> bool:
    """Whether a seat of this role (None: no seat) allows the verb."""
    return role is not None and verb in ALLOWED[role]


def least(role: str, other: str) -> Role:
    """The one of two roles that allows less; the other one where neither allows all that its fellow does."""
    return Role(role) if ALLOWED[Role(role)] < ALLOWED[Role(other)] else Role(other)
