"""What was planted is changed by every verb that can carry content, with the word in each change."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from negotiations.models import Entry
from negotiations.services.act import Act
from negotiations.services.assessment import edit_assessment, resolve_assessment
from negotiations.services.claim import edit_claim, withdraw_claim
from negotiations.services.condition import change_condition_status, check_condition, edit_condition, reject_finding
from negotiations.services.correction import correct, undo
from negotiations.services.dispute import change_dispute_status, edit_dispute, move_dispute
from negotiations.services.gate import withdraw_gate
from negotiations.services.incident import change_incident_status, edit_incident, record_finding
from negotiations.services.instrument import edit_clause, edit_instrument
from negotiations.services.link import edit_link, withdraw_link
from negotiations.services.meeting import edit_meeting
from negotiations.services.message import answer_message, edit_message
from negotiations.services.note import answer_question, edit_note
from negotiations.services.party import edit_party, edit_third_party
from negotiations.services.phase import change_phase_status, declare_phase, edit_phase
from negotiations.services.position import edit_position, withdraw_position
from negotiations.services.proposal import edit_proposal, edit_response, table_version, withdraw_proposal
from negotiations.services.source import edit_source, retract_source
from negotiations.services.window import close_window, edit_window
from tests.factories import Talks

from .planted import LATER

Made = dict[str, Any]
# Told of what few may read by nobody: of the whole, of people and the registry, by the clock, or of what is
# wider than that; the last ones are planted in a world of their own, or looked at by tests of their own.
NEVER_NARROW = {
    "negotiation.created", "negotiation.edited", "negotiation.status_changed", "negotiation.published",
    "negotiation.coverage_moved", "actor.registered", "actor.edited", "organisation.registered",
    "organisation.edited", "membership.changed", "membership.ended",
    "condition.due_soon", "condition.due_tomorrow", "condition.overdue", "condition.stale", "phase.gate_met",
    "proposedfinding.confirmed", "proposedfinding.declined", "gate.edited", "position.placed",
    "source.cited", "marking.widened", "entry.redacted",
}  # fmt: skip


def change_structure(small: Talks, word: str, act: Act, made: Made) -> None:
    """Each of the structure once by each of its verbs, in an order that the rules allow."""
    again: dict[str, Any] = {"act": act, "version": None}
    edit_instrument(made["instrument"], **again, title=f"{word} changed")
    edit_clause(made["clause"], **again, text=f"{word} changed")
    edit_party(made["party"], **again, represented_by=f"{word} changed")
    edit_third_party(made["thirdparty"], **again, represented_by=f"{word} changed")
    edit_phase(made["phase"], **again, title=f"{word} changed")
    change_phase_status(made["phase"], **again, status="negotiating_terms")
    declare_phase(made["phase"], **again, status="active", declared_by=small.egret)
    edit_condition(made["condition"], **again, title=f"{word} changed")
    change_condition_status(made["condition"], **again, status="in_progress")
    check_condition(made["condition"], **again, where=f"{word} changed")
    reject_finding(made["condition"], **again, party=small.southern)
    edit_dispute(made["dispute"], **again, title=f"{word} changed")
    change_dispute_status(made["dispute"], **again, status="narrowed")
    move_dispute(made["dispute"], **again, rung="principals")
    edit_window(made["window"], **again, reason=f"{word} changed")
    close_window(made["window"], **again, reason=f"{word} changed")
    edit_link(made["link"], **again, offset=timedelta(days=1))
    withdraw_link(made["link"], **again)
    withdraw_gate(made["gate"], **again)


def change_statements(small: Talks, word: str, act: Act, made: Made) -> None:
    """Each statement once by each of its verbs; what is said is corrected, taken back and withdrawn at last."""
    again: dict[str, Any] = {"act": act, "version": None}
    edit_source(made["source"], **again, title=f"{word} changed")
    edit_meeting(made["meeting"], **again, outcome=f"{word} changed")
    edit_position(made["position"], **again, summary=f"{word} changed")
    edit_proposal(made["proposal"], **again, title=f"{word} changed")
    table_version(made["proposal"], act=act, text=f"{word} changed", tabled_at=LATER)
    edit_response(made["response"], **again, text=f"{word} changed")
    edit_message(made["message"], **again, subject=f"{word} changed")
    answer_message(made["message"], **again, answer=f"{word} changed", answered_at=LATER)
    edit_note(made["note"], **again, text=f"{word} changed")
    answer_question(made["note"], **again, text=f"{word} changed", author=act.actor)
    edit_incident(made["incident"], **again, title=f"{word} changed")
    change_incident_status(made["incident"], **again, status="under_investigation")
    record_finding(made["incident"], **again, status="inconclusive", found_by=small.monitors)
    edit_assessment(made["assessment"], **again, rationale=f"{word} changed")
    resolve_assessment(made["assessment"], **again, outcome=False)
    edit_claim(made["claim"], **again, text=f"{word} changed")
    undo(last_of(made["claim"]), act=act)
    correct(last_of(made["position"]), **again, summary=f"{word} corrected")
    withdraw_claim(made["claim"], **again)
    withdraw_position(made["position"], **again)
    withdraw_proposal(made["proposal"], **again)
    retract_source(made["source"], **again)


def last_of(item: Any) -> Entry:
    told = Entry.objects.select_related("payload", "negotiation").filter(subject_id=item.public_id)
    return told.latest("seq")


CHANGES: tuple[Callable[[Talks, str, Act, Made], None], ...] = (change_structure, change_statements)
