"""What is due is sent once, to who may have it at that moment, and every outcome is kept."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail

from negotiations.digests import deliver
from negotiations.digests.deliver import PAUSE, deliver_due
from negotiations.digests.letter import Press
from negotiations.digests.mail import Mail
from negotiations.digests.outcomes import GAPS
from negotiations.digests.post import Answer, Away, Fate, OtherPost
from negotiations.digests.suppression import suppress
from negotiations.digests.windows import close_windows
from negotiations.models import Delivery, Subscription, Suppression, User
from negotiations.rules.codes import AlertChannel, DeliveryState, DeliveryTrouble, Marking, SuppressionCause
from negotiations.services.membership import change_membership
from negotiations.services.subscription import end_subscription
from tests.factories import Talks

from .world import DAY, DUE, NOON, only, states, subscribed, told_at


def answering(monkeypatch: pytest.MonkeyPatch, *answers: Answer | Exception) -> list[Mail]:
    """Have the server give these answers, the last one again and again; returns what it was handed."""
    handed: list[Mail] = []

    def hand_over(self: OtherPost, one: Mail) -> Answer:
        handed.append(one)
        answer = answers[min(len(handed), len(answers)) - 1]
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(OtherPost, "hand_over", hand_over)
    return handed


def test_it_is_sent_once_and_marked(due: Subscription) -> None:
    assert [deliver_due(clock=lambda: DUE), deliver_due(clock=lambda: DUE)] == [1, 0]
    delivery = only(due)
    assert (delivery.state, delivery.settled_at, delivery.attempts) == (DeliveryState.SENT, DUE, 1)
    assert delivery.address == due.user.email
    assert len(delivery.told) == 1
    assert mail.outbox[0].extra_headers["Message-ID"] == delivery.message_id


def test_rights_are_those_of_the_moment_of_sending(talks: Talks) -> None:
    """Whoever was cleared when it happened and is not any more gets nothing of it, not even a word that it was."""
    hidden = talks.add_condition("Known to few", marking=Marking.AMBER)
    subscription = subscribed(talks, now=NOON, subject=hidden)
    talks.set_status(hidden, "in_progress")
    close_windows(DUE)
    seat = talks.negotiation.memberships.get(user=subscription.user)
    change_membership(seat, act=talks.act(talks.cast.lead), version=None, role="analyst", clearance="GREEN")
    deliver_due(clock=lambda: DUE)
    assert (mail.outbox, states(subscription)) == ([], [DeliveryState.NOTHING])


def test_rights_that_change_after_a_letter_was_written_are_those_it_is_sent_by(
    talks: Talks, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The seat ends between the writing and the handing over of the very same letter."""
    hidden = talks.add_condition("Known to few", marking=Marking.AMBER)
    subscription = subscribed(talks, now=NOON, subject=hidden)
    talks.set_status(hidden, "in_progress")
    close_windows(DUE)
    whole = Press.letter

    def lowering(self: Press, delivery: Delivery) -> Any:
        letter = whole(self, delivery)
        seat = talks.negotiation.memberships.get(user=subscription.user)
        if seat.clearance != "GREEN":
            change_membership(seat, act=talks.act(talks.cast.lead), version=None, role="analyst", clearance="GREEN")
        return letter

    monkeypatch.setattr(Press, "letter", lowering)
    deliver_due(clock=lambda: DUE)
    deliver_due(clock=lambda: DUE + PAUSE)
    assert (mail.outbox, states(subscription)) == ([], [DeliveryState.NOTHING])


def test_a_subscription_ended_meanwhile_is_sent_nothing(due: Subscription) -> None:
    end_subscription(due, now=DUE)
    deliver_due(clock=lambda: DUE)
    assert (mail.outbox, only(due).trouble) == ([], "ended")


def test_a_closed_account_is_sent_nothing(due: Subscription) -> None:
    due.user.is_active = False
    due.user.save(update_fields=["is_active"])
    deliver_due(clock=lambda: DUE)
    assert (mail.outbox, only(due).trouble) == ([], "account_closed")


def test_an_account_closed_between_writing_and_sending_is_sent_nothing(
    due: Subscription, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Press.letter

    def closing(self: Press, delivery: Delivery) -> Any:
        letter = whole(self, delivery)
        type(due.user).objects.filter(pk=due.user_id).update(is_active=False)
        return letter

    monkeypatch.setattr(Press, "letter", closing)
    deliver_due(clock=lambda: DUE)
    assert mail.outbox == []
    deliver_due(clock=lambda: DUE + PAUSE)
    assert states(due) == [DeliveryState.WITHHELD]


def test_a_suppressed_address_is_sent_nothing(due: Subscription) -> None:
    suppress(due.user.email.upper(), SuppressionCause.COMPLAINED)
    deliver_due(clock=lambda: DUE)
    assert (mail.outbox, only(due).trouble) == ([], "suppressed")


def test_the_inbox_is_served_without_mail(talks: Talks) -> None:
    subscription = subscribed(talks, now=NOON, channel=AlertChannel.INBOX)
    talks.set_status(talks.release, "in_progress")
    assert told_at(DUE) == []
    assert states(subscription) == [DeliveryState.SENT]
    assert only(subscription).told != []


def test_nothing_to_tell_is_settled_as_that(talks: Talks) -> None:
    subscription = subscribed(talks, now=NOON, verbs=["claim.made"])
    talks.set_status(talks.release, "in_progress")
    assert told_at(DUE) == []
    assert states(subscription) == [DeliveryState.NOTHING]


def test_what_is_refused_for_now_is_tried_again_with_growing_gaps(
    due: Subscription, monkeypatch: pytest.MonkeyPatch
) -> None:
    handed = answering(monkeypatch, Answer(Fate.LATER, "451"), Answer(Fate.TAKEN))
    deliver_due(clock=lambda: DUE)
    delivery = only(due)
    assert (delivery.state, delivery.next_try_at) == (DeliveryState.WAITING, DUE + GAPS[0])
    assert deliver_due(clock=lambda: DUE + GAPS[0] / 2) == 0
    deliver_due(clock=lambda: DUE + GAPS[0])
    assert (states(due), len(handed)) == ([DeliveryState.SENT], 2)
    assert len({dict(one.headers)["Message-ID"] for one in handed}) == 1


def test_after_the_last_gap_a_person_has_to_look(due: Subscription, monkeypatch: pytest.MonkeyPatch) -> None:
    handed = answering(monkeypatch, Answer(Fate.LATER, "451"))
    for day in range(len(GAPS) + 3):
        deliver_due(clock=lambda: DUE + 2 * day * DAY)  # noqa: B023  called before the next day
    assert (states(due), len(handed)) == ([DeliveryState.FAILED], len(GAPS) + 1)


def test_an_address_refused_for_good_gets_no_digests_any_more(
    due: Subscription, monkeypatch: pytest.MonkeyPatch
) -> None:
    answering(monkeypatch, Answer(Fate.NO_SUCH_ADDRESS, "550"))
    deliver_due(clock=lambda: DUE)
    assert (states(due), only(due).trouble) == ([DeliveryState.FAILED], "no_such_address 550")
    assert Suppression.objects.get().address == due.user.email


def test_a_lost_answer_is_unknown_and_never_sent_again(due: Subscription, monkeypatch: pytest.MonkeyPatch) -> None:
    handed = answering(monkeypatch, Answer(Fate.LOST, "TimeoutError"))
    deliver_due(clock=lambda: DUE)
    deliver_due(clock=lambda: DUE + 30 * DAY)
    assert (states(due), len(handed)) == ([DeliveryState.UNKNOWN], 1)


def test_a_server_that_is_away_costs_no_attempt(due: Subscription, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(self: OtherPost) -> None:
        raise Away("ConnectionRefusedError")

    with monkeypatch.context() as patched:
        patched.setattr(OtherPost, "open", away)
        for hour in range(100):
            deliver_due(clock=lambda: DUE + timedelta(hours=hour))  # noqa: B023  called before the next hour
    assert (states(due), only(due).attempts) == ([DeliveryState.WAITING], 0)
    deliver_due(clock=lambda: DUE + 5 * DAY)
    assert states(due) == [DeliveryState.SENT]


def test_one_letter_that_cannot_be_written_holds_up_no_other(
    talks: Talks, due: Subscription, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = subscribed(talks, "mediator", now=NOON)
    talks.set_status(talks.release, "partly_met")
    close_windows(DUE)
    whole = Press.letter

    def failing(self: Press, delivery: Delivery) -> Any:
        if delivery.subscription_id == due.pk:
            raise ValueError("something secret")
        return whole(self, delivery)

    monkeypatch.setattr(Press, "letter", failing)
    deliver_due(clock=lambda: DUE)
    assert (states(due), states(other)) == ([DeliveryState.WAITING], [DeliveryState.SENT])
    assert only(due).trouble == "not_written"


def test_one_that_cannot_be_read_holds_up_no_other(
    talks: Talks, due: Subscription, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = subscribed(talks, "mediator", now=NOON)
    talks.set_status(talks.release, "partly_met")
    close_windows(DUE)
    whole = Press.__init__

    def failing(self: Press, deliveries: Any = (), **more: Any) -> None:
        if any(one.subscription_id == due.pk for one in deliveries):
            raise ValueError("something secret")
        whole(self, deliveries, **more)

    monkeypatch.setattr(Press, "__init__", failing)
    deliver_due(clock=lambda: DUE)
    assert (states(due), states(other)) == ([DeliveryState.WAITING], [DeliveryState.SENT])


def test_one_whose_mail_cannot_be_made_holds_up_no_other_and_is_tried_again(
    talks: Talks, due: Subscription, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = subscribed(talks, "mediator", now=NOON)
    talks.set_status(talks.release, "partly_met")
    User.objects.filter(pk=due.user_id).update(email="läser@example.org")
    handed = answering(monkeypatch, Answer(Fate.TAKEN))
    close_windows(DUE)
    deliver_due(clock=lambda: DUE)
    assert (states(due), states(other)) == ([DeliveryState.WAITING], [DeliveryState.SENT])
    assert (only(due).trouble, only(due).handed_at) == (DeliveryTrouble.NOT_WRITTEN, None)
    assert [one.recipient for one in handed] == [other.user.email]


def test_a_run_ends_after_its_time_with_the_message_in_hand(talks: Talks, monkeypatch: pytest.MonkeyPatch) -> None:
    for person in ("analyst", "mediator", "lead"):
        subscribed(talks, person, now=NOON)
    talks.set_status(talks.release, "in_progress")
    close_windows(DUE)
    now = [DUE]
    handed = answering(monkeypatch, Answer(Fate.TAKEN))
    monkeypatch.setattr(deliver, "mail_for", slowly(now, deliver.mail_for))
    deliver_due(clock=lambda: now[0], within=timedelta(seconds=40))
    assert len(handed) == 1
    found = Delivery.objects.values_list("state", flat=True)
    assert sorted(found) == [DeliveryState.SENT, DeliveryState.WAITING, DeliveryState.WAITING]


def slowly(now: list[Any], whole: Any) -> Any:
    def write(*arguments: Any) -> Any:
        now[0] += timedelta(minutes=1)
        return whole(*arguments)

    return write
