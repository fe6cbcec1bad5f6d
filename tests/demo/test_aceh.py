"""Aceh shows every kind of outcome: met, met late, a disputed count, tranches, never initiated."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from negotiations.models import Claim, Condition, Dispute, Link, Negotiation

from .asking import public_lines

END = datetime(2006, 12, 15, 16, 0, tzinfo=UTC)


def test_what_was_met_on_time_and_what_was_met_late(aceh: Negotiation) -> None:
    lines = public_lines(aceh, END)
    late = {title for title, line in lines.items() if line.status == "met" and line.is_met_late}
    assert {"Law on the governing of Aceh", "Withdrawal of non-organic police"} <= late
    for title in ("Amnesty granted", "Handing over of 840 arms", "Withdrawal of non-organic military forces"):
        assert lines[title].status == "met"
        assert title not in late


def test_the_government_rejects_the_missions_count(aceh: Negotiation) -> None:
    arms = Condition.objects.get(negotiation=aceh, title="Handing over of 840 arms")
    assert (arms.value, str(arms.finding_rejected_by.actor)) == (840, "Government of Indonesia")
    counts = {int(claim.value_best) for claim in Claim.objects.filter(conditions=arms, value_best__gt=700)}
    assert {840, 769} <= counts
    assert "71" in Dispute.objects.get(negotiation=aceh, category="disarmament").question


def test_arms_and_withdrawals_answer_each_other_by_stage(aceh: Negotiation) -> None:
    stages = Condition.objects.filter(negotiation=aceh, kind="reciprocal_tranche")
    assert stages.count() == 8
    links = Link.objects.filter(negotiation=aceh, type="reciprocal_to", ratio=None)
    assert links.count() == 4
    arms = stages.filter(category="disarmament_ddr").values_list("value", flat=True)
    assert sum(arms, Decimal()) == 840


def test_the_press_figure_after_three_rounds_stands_beside_the_sum(aceh: Negotiation) -> None:
    counts = dict(
        Claim.objects.filter(negotiation=aceh, said_at__date="2005-12-14").values_list("claimant__name", "value_best")
    )
    assert counts == {"Aceh Monitoring Mission": 792, "Government of Indonesia": 628}


def test_a_commission_was_never_initiated(aceh: Negotiation) -> None:
    lines = public_lines(aceh, END)
    assert lines["Joint claims settlement commission"].status == "not_started"
    assert lines["Truth and reconciliation commission"].status == "in_progress"
