"""A seat is offered by mail, taken once, and told in the record as the inviter's grant."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from negotiations.models import Entry, Invitation, Membership, User
from negotiations.rules.codes import Marking, Role
from negotiations.rules.errors import MarkingRefused, RuleError
from negotiations.services.act import Act
from negotiations.services.invitation import InvitationOver, invite, take_seat, withdraw_invitation
from negotiations.services.membership import change_membership, end_membership, grant_membership
from tests.factories import Talks

pytestmark = pytest.mark.django_db


def offer(talks: Talks, **more: Any) -> Invitation:
    given: dict[str, Any] = {
        "act": Act(actor=talks.cast.lead, reason="Joins the desk."),
        "negotiation": talks.negotiation,
        "email": "new@example.org",
        "organisation": talks.cast.observatory,
        "role": Role.ANALYST,
        "link": lambda secret: f"https://tracker.example/invitation/{secret}/",
    }
    return invite(**(given | more))


def seat_of(talks: Talks, person: User) -> Membership:
    return Membership.objects.get(negotiation=talks.negotiation, user=person)


def test_taking_it_seats_the_person_in_the_inviters_name(talks: Talks) -> None:
    seat = take_seat(offer(talks), talks.cast.outsider, now=timezone.now())
    entry = Entry.objects.get(subject_id=seat.public_id)
    assert (entry.verb, entry.actor, entry.payload.reason) == (
        "membership.granted",
        talks.cast.lead,
        "Joins the desk.",
    )
    assert (seat.user, seat.role, seat.organisation) == (talks.cast.outsider, Role.ANALYST, talks.cast.observatory)


def test_the_mail_tells_neither_the_negotiation_nor_the_secret_to_the_database(talks: Talks) -> None:
    made = offer(talks)
    body = mail.outbox[0].body
    secret = body.split("/invitation/")[1].split("/")[0]
    assert talks.negotiation.title not in mail.outbox[0].subject + body
    assert secret not in made.digest
    assert len(made.digest) == 64


def test_it_is_taken_once(talks: Talks) -> None:
    made = offer(talks)
    take_seat(made, talks.cast.outsider, now=timezone.now())
    with pytest.raises(InvitationOver):
        take_seat(made, User.objects.create_user("second"), now=timezone.now())


def test_it_is_over_after_seven_days(talks: Talks) -> None:
    made = offer(talks)
    with pytest.raises(InvitationOver):
        take_seat(made, talks.cast.outsider, now=timezone.now() + timedelta(days=7, seconds=1))


def test_it_can_be_withdrawn(talks: Talks) -> None:
    made = offer(talks)
    withdraw_invitation(made)
    with pytest.raises(InvitationOver):
        take_seat(made, talks.cast.outsider, now=timezone.now())


def test_it_falls_with_the_seat_of_whoever_sent_it(talks: Talks) -> None:
    made = offer(talks)
    lead, act = seat_of(talks, talks.cast.lead), Act(actor=talks.cast.lead, reason="Hands over.")
    change_membership(
        seat_of(talks, talks.cast.mediator), act=act, version=None, role=Role.LEAD, clearance=Marking.AMBER_STRICT
    )
    end_membership(lead, act=act, version=None)
    with pytest.raises(InvitationOver):
        take_seat(made, talks.cast.outsider, now=timezone.now())


def test_a_new_offer_to_an_address_withdraws_the_earlier_one(talks: Talks) -> None:
    earlier = offer(talks)
    offer(talks, email="New@example.org")
    earlier.refresh_from_db()
    assert earlier.withdrawn_at is not None


def test_nobody_gives_more_than_they_have(talks: Talks) -> None:
    with pytest.raises(MarkingRefused):
        offer(talks, clearance=Marking.RED)
    assert not Invitation.objects.exists()


def test_nothing_is_offered_when_the_mail_cannot_be_sent(talks: Talks, settings: Any) -> None:
    settings.EMAIL_BACKEND = "tests.services.test_invitations.Silent"
    with pytest.raises(RuleError):
        offer(talks)
    assert not Invitation.objects.exists()


class Silent:
    """A mail server that is away."""

    def __init__(self, **_options: Any) -> None: ...

    def send_messages(self, _messages: list[Any]) -> int:
        raise ConnectionRefusedError


def test_a_seat_that_ended_is_granted_again(talks: Talks) -> None:
    seat, act = seat_of(talks, talks.cast.analyst), Act(actor=talks.cast.lead, reason="Back from leave.")
    ended = end_membership(seat, act=act, version=None)
    again = grant_membership(
        act=act,
        negotiation=talks.negotiation,
        user=talks.cast.analyst,
        organisation=talks.cast.newsroom,
        role=Role.READER,
        clearance=Marking.GREEN,
    )
    assert again.public_id == ended.public_id
    assert (again.ended_at, again.role, again.organisation) == (None, Role.READER, talks.cast.newsroom)
    verbs = Entry.objects.filter(subject_id=seat.public_id).order_by("seq").values_list("verb", flat=True)
    assert list(verbs) == ["membership.granted", "membership.ended", "membership.granted"]


def test_nobody_has_two_seats(talks: Talks) -> None:
    made = offer(talks)
    with pytest.raises(RuleError) as refused:
        take_seat(made, talks.cast.analyst, now=timezone.now())
    assert refused.value.code == "seat_taken"


def test_the_last_lead_stays(talks: Talks) -> None:
    seat, act = seat_of(talks, talks.cast.lead), Act(actor=talks.cast.lead, reason="Leaves.")
    with pytest.raises(RuleError) as ended:
        end_membership(seat, act=act, version=None)
    with pytest.raises(RuleError) as changed:
        change_membership(seat, act=act, version=None, role=Role.READER, clearance=Marking.GREEN)
    assert ended.value.code == changed.value.code == "last_lead"
