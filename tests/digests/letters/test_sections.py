"""Each kind of change stands in its section, told as a change and not as a state."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from negotiations.models import Party
from negotiations.rules.codes import (
    ClaimKind,
    ConditionStatus,
    DisputeStatus,
    LinkType,
    PhaseStatus,
    ResponseKind,
    Stance,
    Urgency,
)
from negotiations.services.assessment import resolve_assessment
from negotiations.services.claim import make_claim
from negotiations.services.clock import tell_flips
from negotiations.services.condition import edit_condition
from negotiations.services.dispute import change_dispute_status
from negotiations.services.link import add_link
from negotiations.services.phase import change_phase_status
from negotiations.services.position import state_position
from negotiations.services.proposal import record_response
from tests.services import facts

from .post import CAIRO, Desk


def test_it_tells_a_status_from_what_to_what(desk: Desk) -> None:
    desk.talks.set_status(desk.talks.withdrawal, ConditionStatus.IN_PROGRESS)
    assert "* C1 Withdraw to the agreed line: Not assessed → ◐ In progress\n  B2 · Mediator" in desk.section("Moved")


def test_it_tells_a_measure_with_its_target(desk: Desk) -> None:
    release = desk.talks.release
    for value in (5, 12):
        desk.open()
        desk.talks.set_status(release, ConditionStatus.PARTLY_MET, value=value)
    assert "* C2 Release the detainees: 5 → 12 people of 20" in desk.section("Moved")


def test_what_was_breached_suspended_or_contested_stands_apart(desk: Desk) -> None:
    desk.talks.set_status(desk.talks.release, ConditionStatus.IN_PROGRESS)
    desk.talks.set_status(desk.talks.withdrawal, ConditionStatus.BREACHED)
    assert "C1 Withdraw to the agreed line: Not assessed → ▼ Breached" in desk.section(
        "Breached, suspended or contested"
    )
    assert "C2" in desk.section("Moved")


def test_it_tells_moves_of_phases_and_disputes(desk: Desk) -> None:
    talks = desk.talks
    change_phase_status(talks.second, act=talks.act(), version=None, status=PhaseStatus.NEGOTIATING_TERMS)
    change_dispute_status(talks.dispute, act=talks.act(), version=None, status=DisputeStatus.NARROWED)
    moved = desk.section("Moved")
    assert "* Withdrawal: Not started → Negotiating terms" in moved
    assert "* D1 Where the line runs: Open → Narrowed" in moved


def test_what_fell_due_is_told_apart_by_whether_it_moved(desk: Desk) -> None:
    tell_flips(timezone.now())
    assert "* C1 Withdraw to the agreed line: Not assessed · due 9 Nov 2025, 12:00" in desk.section(
        "Due, and not moved"
    )
    desk.talks.set_status(desk.talks.withdrawal, ConditionStatus.IN_PROGRESS)
    assert "* C1" in desk.section("Became overdue")
    assert desk.section("Due, and not moved") == ""


def test_it_tells_what_became_stale_and_when_it_was_last_checked(desk: Desk) -> None:
    then = timezone.now() - timedelta(days=9)
    edit_condition(
        desk.talks.release,
        act=desk.talks.act(),
        version=None,
        review_interval=timedelta(days=2),
        checked_at=then,
        checked_where="River Post",
    )
    tell_flips(timezone.now())
    assert f"last checked {then.astimezone(CAIRO):%a}" in desk.section("Became stale")


def test_claims_that_differ_stand_side_by_side_a_to_z(desk: Desk) -> None:
    talks = desk.talks
    make_claim(
        act=talks.act(),
        negotiation=talks.negotiation,
        claimant=talks.north,
        kind=ClaimKind.FULFILLED,
        text="The posts are gone.",
        said_at=timezone.now(),
        conditions=[talks.withdrawal],
    )
    told = desk.section("Claims that differ")
    assert "  Northern Shore: Says fulfilled\n  Southern Shore: Says not fulfilled" in told


def test_a_claim_that_agrees_is_only_recorded(desk: Desk) -> None:
    talks = desk.talks
    make_claim(
        act=talks.act(),
        negotiation=talks.negotiation,
        claimant=talks.egret,
        kind=ClaimKind.NOT_FULFILLED,
        text="Posts remain.",
        said_at=timezone.now(),
        conditions=[talks.withdrawal],
    )
    assert desk.section("Claims that differ") == ""
    assert "Egret Island: Says not fulfilled\n  Posts remain." in desk.section("Also recorded")


@pytest.mark.parametrize(("stance", "heading"), [(Stance.ACCEPTS, "Positions reversed"), (Stance.UNDECIDED, "Moved")])
def test_a_reversal_is_told_apart_from_a_lesser_move(desk: Desk, stance: Stance, heading: str) -> None:
    talks = desk.talks
    state_position(
        act=talks.act(),
        negotiation=talks.negotiation,
        actor=talks.south,
        stance=stance,
        summary="The line may be discussed.",
        stated_at=timezone.now(),
        dispute=talks.dispute,
    )
    assert f"* D1 Where the line runs: Southern Shore: Rejects → {stance.label}" in desk.section(heading)


def test_it_tells_what_came_to_hold_a_condition_and_what_no_longer_does(desk: Desk) -> None:
    talks = desk.talks
    add_link(
        act=talks.act(),
        condition=talks.release,
        other=talks.withdrawal,
        type=LinkType.REQUIRES,
    )
    change_dispute_status(talks.dispute, act=talks.act(), version=None, status=DisputeStatus.RESOLVED)
    told = desk.section("Newly held or no longer held")
    assert "C1 Withdraw to the agreed line: no longer held by D1 Where the line runs; nothing holds it any more" in told
    assert "C2 Release the detainees: now held by C1 Withdraw to the agreed line" in told


def test_whoever_asked_for_one_kind_of_news_gets_no_other(desk: Desk) -> None:
    talks = desk.talks
    talks.set_status(talks.withdrawal, ConditionStatus.IN_PROGRESS)
    change_dispute_status(talks.dispute, act=talks.act(), version=None, status=DisputeStatus.RESOLVED)
    text = desk.text(verbs=["dispute.status_changed"])
    assert "D1 Where the line runs: Open → Resolved" in text
    assert "In progress" not in text
    assert "Newly held" not in text


def test_a_new_dispute_stands_with_what_is_contested(desk: Desk) -> None:
    desk.talks.open_dispute("Who counts", conditions=[desk.talks.release])
    assert "* D2 Who counts: Dispute opened" in desk.section("Newly in dispute")
    assert "D2" not in desk.section("Also recorded")
    assert "1 new dispute" in desk.text()


def test_what_was_empty_before_is_set(desk: Desk) -> None:
    edit_condition(desk.talks.release, act=desk.talks.act(), version=None, suspended_until="The bridge opens")
    edit_condition(desk.talks.withdrawal, act=desk.talks.act(), version=None, title="Withdraw to line A")
    told = desk.section("Also recorded", least_urgency="routine")
    assert "set to The bridge opens" in told
    assert "Withdraw to the agreed line → Withdraw to line A" in told


def test_outlooks_say_how_likely_and_how_it_came_out(desk: Desk) -> None:
    made = facts.assessment(desk.talks)
    assert "Outlook assessed: Unlikely (20–45%)" in desk.section("Also recorded", least_urgency=Urgency.ROUTINE)
    desk.open()
    resolve_assessment(made, act=desk.talks.act(), version=None, outcome=False)
    told = desk.section("Also recorded", least_urgency=Urgency.ROUTINE)
    assert "Outlook resolved: it did not come about" in told


def test_an_answer_to_a_proposal_is_told(desk: Desk) -> None:
    talks = desk.talks
    (version,) = facts.proposal(talks).versions.all()
    record_response(
        act=talks.act(),
        proposal_version=version,
        party=Party.objects.get(actor=talks.south),
        kind=ResponseKind.REJECT,
        responded_at=timezone.now(),
    )
    assert "Response recorded: Rejects" in desk.section("Also recorded", least_urgency=Urgency.ROUTINE)
