"""Which status may follow which: one table for each noun that has a status, and the check that reads it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from django.utils.translation import gettext as _

from .codes import Code, ConditionStatus, DisputeStatus, IncidentStatus, PhaseStatus
from .errors import TransitionRefused


def _condition_table() -> dict[Code, frozenset[Code]]:
    s = ConditionStatus
    under_way = {s.IN_PROGRESS, s.PARTLY_MET, s.REPORTED_MET, s.CONTESTED, s.SUSPENDED, s.BREACHED}
    onward = under_way | {s.MET, s.WAIVED, s.SUPERSEDED}
    table: dict[Code, frozenset[Code]] = {status: frozenset(onward - {status}) for status in under_way}
    # "Not started" is knowledge gained by a first look; it is never returned to.
    table[s.NOT_ASSESSED] = frozenset(onward | {s.NOT_STARTED})
    table[s.NOT_STARTED] = frozenset(onward)
    table[s.MET] = frozenset({s.CONTESTED, s.SUSPENDED, s.BREACHED, s.SUPERSEDED})
    table[s.WAIVED] = frozenset({s.IN_PROGRESS, s.SUPERSEDED})
    table[s.SUPERSEDED] = frozenset()
    return table


def _phase_table() -> dict[Code, frozenset[Code]]:
    s = PhaseStatus
    ended = {s.COLLAPSED, s.SUPERSEDED}
    return {
        s.NOT_STARTED: frozenset({s.NEGOTIATING_TERMS, s.TRANSITION_PENDING, s.ACTIVE} | ended),
        s.NEGOTIATING_TERMS: frozenset({s.TRANSITION_PENDING, s.ACTIVE, s.SUSPENDED} | ended),
        s.TRANSITION_PENDING: frozenset({s.NEGOTIATING_TERMS, s.ACTIVE, s.SUSPENDED} | ended),
        s.ACTIVE: frozenset({s.COMPLETED, s.EXPIRED, s.SUSPENDED} | ended),
        # A term that ran out may still be extended, found done, or end for good.
        s.EXPIRED: frozenset({s.ACTIVE, s.COMPLETED} | ended),
        s.SUSPENDED: frozenset({s.NEGOTIATING_TERMS, s.TRANSITION_PENDING, s.ACTIVE, s.EXPIRED} | ended),
        s.COLLAPSED: frozenset({s.NEGOTIATING_TERMS, s.SUPERSEDED}),
        s.COMPLETED: frozenset(),
        s.SUPERSEDED: frozenset(),
    }


def _dispute_table() -> dict[Code, frozenset[Code]]:
    s = DisputeStatus
    closed = {s.RESOLVED, s.WITHDRAWN}
    worked_on = {s.UNDER_DISCUSSION, s.BRIDGING_PROPOSAL_TABLED, s.NARROWED, s.ESCALATED, s.AGREED_IN_PRINCIPLE}
    onward = worked_on | closed | {s.DEFERRED, s.DORMANT}
    table: dict[Code, frozenset[Code]] = {status: frozenset(onward - {status}) for status in worked_on}
    table[s.OPEN] = frozenset(onward)
    # What was set aside, forgotten or thought settled may simply be open again.
    for status in (s.DEFERRED, s.DORMANT, s.AGREED_IN_PRINCIPLE):
        table[status] = frozenset(onward - {status} | {s.OPEN})
    table.update({status: frozenset({s.OPEN}) for status in closed})
    return table


def _incident_table() -> dict[Code, frozenset[Code]]:
    s = IncidentStatus
    found = {s.CONFIRMED_VIOLATION, s.NOT_A_VIOLATION, s.INCONCLUSIVE}
    ends = found | {s.NO_ACCESS, s.WITHDRAWN}
    table: dict[Code, frozenset[Code]] = {
        s.ALLEGED: frozenset({s.PRELIMINARY_INQUIRY, s.UNDER_INVESTIGATION, s.REPORT_IN_REVIEW} | ends),
        s.PRELIMINARY_INQUIRY: frozenset({s.UNDER_INVESTIGATION, s.REPORT_IN_REVIEW} | ends),
        s.UNDER_INVESTIGATION: frozenset({s.REPORT_IN_REVIEW} | ends),
        s.REPORT_IN_REVIEW: frozenset({s.UNDER_INVESTIGATION} | ends),
        s.NO_ACCESS: frozenset({s.PRELIMINARY_INQUIRY, s.UNDER_INVESTIGATION, s.WITHDRAWN} | found),
        s.WITHDRAWN: frozenset({s.ALLEGED}),
    }
    # A finding is not swapped for another one; the inquiry is reopened and finds again.
    table.update({status: frozenset({s.UNDER_INVESTIGATION}) for status in found})
    return table


TABLES: dict[type[Code], Mapping[Code, frozenset[Code]]] = {
    ConditionStatus: _condition_table(),
    PhaseStatus: _phase_table(),
    DisputeStatus: _dispute_table(),
    IncidentStatus: _incident_table(),
}


def allowed_after(old: str, codes: type[Code] = ConditionStatus) -> tuple[Code, ...]:
    """Return the statuses that may follow `old`, in the order of the codes; empty where it is final."""
    followers = TABLES[codes][codes(old)]
    return tuple(code for code in codes if code in followers)


def may_follow(old: str, new: str, codes: type[Code] = ConditionStatus) -> bool:
    """Return whether `new` may follow `old`; a status never follows itself."""
    return codes(new) in TABLES[codes][codes(old)]


def check_transition(old: str, new: str, codes: type[Code] = ConditionStatus) -> None:
    """Raise TransitionRefused, naming what is allowed, unless `new` may follow `old`.

    `codes` says whose table is meant: ConditionStatus, PhaseStatus, DisputeStatus or IncidentStatus.
    A word that is no code at all raises ValueError: forms and serializers catch that earlier.
    """
    if may_follow(old, new, codes):
        return
    before, after = codes(old), codes(new)
    if before is after:
        sentence = _("It is “%(now)s” already. To record that this is still so, confirm it instead.")
        raise TransitionRefused(sentence % {"now": before.label}, fields={"status": _("Nothing changes.")})
    message = _refusal(before, after, allowed_after(old, codes))
    raise TransitionRefused(message, fields={"status": message})


def illegal_successors(statuses: Sequence[str], codes: type[Code] = ConditionStatus) -> tuple[int, ...]:
    """Return the positions in a history, oldest first, whose status may not follow the one before.

    A late entry can make its successor illegal; the successor is flagged with this, never changed.
    Repetitions are confirmations and legal.
    """
    pairs = enumerate(pairwise(statuses), start=1)
    return tuple(at for at, (old, new) in pairs if old != new and not may_follow(old, new, codes))


def _refusal(old: Code, new: Code, allowed: Sequence[Code]) -> str:
    if not allowed:
        final = _("“%(old)s” is final: “%(new)s” cannot follow it. If it was recorded in error, correct that entry.")
        return final % {"old": old.label, "new": new.label}
    sentence = _(
        "“%(new)s” cannot follow “%(old)s”. What may follow: %(allowed)s. "
        "If “%(old)s” was recorded in error, correct that entry."
    )
    return sentence % {"old": old.label, "new": new.label, "allowed": ", ".join(code.label for code in allowed)}
