"""Gaza as of 8 December 2025 shows what set this product off, and moves on to 1 February 2026."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from negotiations.models import Claim, Condition, Gate, Link, Message, Negotiation, Note, Phase

from .asking import EIGHTH_OF_DECEMBER, actor_id, condition_id, public_lines

Stood = Callable[..., list[dict[str, Any]]]
END = datetime(2026, 2, 1, 20, 0, tzinfo=UTC)


def test_phase_two_was_pending(stood: Stood) -> None:
    assert [(p["status"], p["declared_status"]) for p in stood("phase") if p["number"] == 2] == [
        ("transition_pending", "")
    ]


def test_withdrawal_was_the_key_condition_by_the_mediators(gaza: Negotiation, stood: Stood) -> None:
    withdrawal = condition_id(gaza, "Staged withdrawal")
    asserted = [gate for gate in stood("gate") if gate["condition"] == withdrawal]
    assert [gate["authority"] for gate in asserted] == ["actors"]
    assert set(asserted[0]["asserted_by"]) == {actor_id("Egypt"), actor_id("Qatar")}
    assert "key condition" in gaza.summary


def test_the_gate_itself_was_in_dispute(gaza: Negotiation, stood: Stood) -> None:
    gate = Gate.objects.get(negotiation=gaza, condition__title__startswith="Staged withdrawal")
    held = [dispute["title"] for dispute in stood("dispute") if dispute["gate"] == str(gate.public_id)]
    assert held == ["Sequence of withdrawal and disarmament"]


def test_guarantees_and_a_longer_halt_were_on_the_table(stood: Stood) -> None:
    wanted = [c for c in stood("condition") if c["category"] == "security_guarantees"]
    assert {c["title"] for c in wanted} == {
        "International stabilisation force deployed",
        "Broader security guarantees and a longer halt to the fighting",
    }


def test_egypt_and_qatar_carried_messages_anybody_may_read(gaza: Negotiation, stood: Stood) -> None:
    told = {str(m.public_id) for m in Message.objects.filter(negotiation=gaza, marking="CLEAR")}
    assert len(told) == 2
    carriers = {m["carrier"] for m in stood("message") if not m["is_illustrative"]}
    assert carriers == {actor_id("Egypt"), actor_id("Qatar")}


def test_the_three_disputes_of_the_week_were_open(stood: Stood) -> None:
    open_then = {d["category"]: d["status"] for d in stood("dispute")}
    for category in ("security_control", "border_management", "prisoner_exchange"):
        assert open_then[category] in ("open", "under_discussion")


def test_the_outlook_said_that_it_is_illustrative(stood: Stood) -> None:
    seen = [a for a in stood("assessment") if a["marking"] == "CLEAR"]
    assert [(a["likelihood"], a["is_illustrative"]) for a in seen] == [("unlikely", True)]
    assert all(a["rationale"].startswith("Illustrative:") for a in stood("assessment"))


def test_the_window_of_critical_days_was_open(stood: Stood) -> None:
    assert [w["closes_at"] for w in stood("window")] == [None]
    assert stood("window", END)[0]["closes_at"] is not None


def test_anybody_saw_remains_overdue_at_27_of_28(gaza: Negotiation) -> None:
    line = public_lines(gaza, EIGHTH_OF_DECEMBER)["Return of the remains of 28 deceased hostages"]
    assert (line.status, line.value, line.target, line.is_overdue) == ("partly_met", 27, 28, True)


def test_remains_were_met_late_in_january(gaza: Negotiation) -> None:
    line = public_lines(gaza, END)["Return of the remains of 28 deceased hostages"]
    assert (line.status, line.value, line.is_met_late) == ("met", 28, True)


def test_the_living_were_released_on_time(gaza: Negotiation) -> None:
    line = public_lines(gaza, END)["Release of 20 living hostages"]
    assert (line.status, line.is_met_late, line.is_overdue) == ("met", False, False)


def test_the_second_phase_was_declared_before_it_was_assessed_active(gaza: Negotiation) -> None:
    phase = Phase.objects.get(negotiation=gaza, number=2)
    assert (phase.declared_status, phase.status) == ("active", "transition_pending")
    assert str(phase.declared_by) == "United States"


def test_four_counts_of_the_trucks_stand_side_by_side(gaza: Negotiation) -> None:
    aid = Condition.objects.get(negotiation=gaza, title__startswith="Aid at least")
    counts = Claim.objects.filter(conditions=aid).values_list("claimant__name", "value_best")
    assert {(name, int(count)) for name, count in counts} == {
        ("COGAT", 459), ("COGAT", 600), ("Hamas", 7333), ("United Nations", 113)
    }  # fmt: skip
    assert aid.status == "contested"


def test_withdrawal_and_disarmament_wait_for_each_other(gaza: Negotiation) -> None:
    pairs = {(link.condition.category, link.other.category) for link in Link.objects.filter(negotiation=gaza)}
    assert ("withdrawal_redeployment", "disarmament_ddr") in pairs
    assert ("disarmament_ddr", "withdrawal_redeployment") in pairs


def test_conditions_resemble_those_of_january(gaza: Negotiation) -> None:
    earlier = {c.corresponds_to.negotiation.slug for c in gaza.conditions.exclude(corresponds_to=None)}
    assert earlier == {"gaza-january-2025"}
    assert str(gaza.preceded_by) == "gaza-january-2025"


def test_what_is_marked_narrower_says_that_it_is_made_up(gaza: Negotiation) -> None:
    notes = Note.objects.filter(negotiation=gaza)
    assert set(notes.values_list("marking", flat=True)) == {"AMBER", "AMBER+STRICT"}
    assert notes.filter(is_question=True, answered_at=None).count() == 1
    messages = Message.objects.filter(negotiation=gaza).exclude(marking="CLEAR")
    narrow = [*notes, *messages]
    assert all(item.is_illustrative and item.text.startswith("Illustrative:") for item in narrow)


def test_public_messages_say_that_their_content_is_not_public(gaza: Negotiation) -> None:
    told = Message.objects.filter(negotiation=gaza, marking="CLEAR").values_list("text", flat=True)
    assert all("not public" in text for text in told)
