"""Which entries moved a status or a measure, and how much the others weigh beside them."""

from __future__ import annotations

from django.db.models import Case, Value, When

from negotiations.models import Entry
from negotiations.rules.alerts import ALWAYS_URGENT, NOTABLE, reaches, urgency_of
from negotiations.rules.codes import Urgency

# Moves that have no status before and after, in the words of their verb.
STEPS = ("phase.declared", "phase.gate_met", "dispute.escalated", "negotiation.status_changed")
# The verbs of entries that may move a status or a measure.
STATUSES = tuple(f"{noun}.status_changed" for noun in ("condition", "phase", "dispute", "incident"))
MENDING = ("entry.corrected", "entry.undone")


def touched(entry: Entry) -> frozenset[str]:
    """Which of status and value an entry changed from one to another; a first entry merely sets them."""
    payload = getattr(entry, "payload", None)
    changes = payload.changes if payload and entry.subject_version != 1 else {}
    pairs = {name: changes[name] for name in ("status", "value") if name in changes}
    return frozenset(name for name, pair in pairs.items() if pair[0] != pair[1])


def place_by_weight(entry: Entry) -> int:
    """0 for what moved something, 1 for what is notable by the rule of alerts, 2 for the rest."""
    if entry.verb in STEPS or touched(entry):
        return 0
    payload = getattr(entry, "payload", None)
    return 1 if reaches(urgency_of(entry.verb, payload.changes if payload else {}), Urgency.NOTABLE) else 2


def by_verb() -> Case:
    """The same as far as a verb alone tells, to have the database read first what may weigh most."""
    return Case(
        When(verb__in=(*STEPS, *STATUSES, *MENDING), then=Value(0)),
        When(verb__in=NOTABLE | ALWAYS_URGENT, then=Value(1)),
        default=Value(2),
    )
