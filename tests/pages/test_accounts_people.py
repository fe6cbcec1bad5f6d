"""The people of a negotiation: who sees them, who changes them, how somebody joins."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client

from negotiations.models import AccessLogRow, Membership, User
from negotiations.rules.codes import Marking, Reliability, Role
from negotiations.services.act import Act
from negotiations.services.source import add_source
from tests.factories import Talks

from .conftest import address

PEOPLE = "/n/two-shores/people/"
SignIn = Callable[[User], Client]
INVITED = {
    "email": "new@example.org",
    "new_organisation": "Fourth desk",
    "role": "analyst",
    "clearance": "AMBER",
    "language": "en",
    "reason": "Joins the desk.",
}
JOINING = {"display_name": "Noor", "password": "a few words are good"}


def link_sent() -> str:
    return "/invitation/" + str(mail.outbox[-1].body).split("/invitation/")[1].split()[0]


@pytest.mark.parametrize(("who", "status"), [("lead", 200), ("analyst", 200), ("reader", 403), ("outsider", 403)])
def test_members_cleared_to_amber_see_who_is_seated(shore: Talks, signed_in: SignIn, who: str, status: int) -> None:
    assert signed_in(getattr(shore.cast, who)).get(PEOPLE).status_code == status


def test_addresses_of_the_invited_are_for_the_lead_alone(shore: Talks, signed_in: SignIn, client: Client) -> None:
    signed_in(shore.cast.lead).post(f"{PEOPLE}invite/", INVITED)
    assert "new@example.org" in client.get(PEOPLE).content.decode()
    assert "new@example.org" not in signed_in(shore.cast.mediator).get(PEOPLE).content.decode()


@pytest.mark.parametrize("who", ["mediator", "analyst", "reader"])
def test_only_the_lead_invites(shore: Talks, signed_in: SignIn, who: str) -> None:
    assert signed_in(getattr(shore.cast, who)).post(f"{PEOPLE}invite/", INVITED).status_code == 403
    assert mail.outbox == []


def test_somebody_new_makes_an_account_and_takes_the_seat(shore: Talks, signed_in: SignIn) -> None:
    signed_in(shore.cast.lead).post(f"{PEOPLE}invite/", INVITED)
    newcomer = Client()
    assert "Make an account" in newcomer.get(link_sent()).content.decode()
    assert newcomer.post(link_sent(), JOINING)["Location"] == "/n/two-shores/"
    seat = Membership.objects.get(user__email="new@example.org")
    assert (str(seat.user), seat.role, str(seat.organisation)) == ("Noor", Role.ANALYST, "Fourth desk")
    assert newcomer.get(PEOPLE).status_code == 200
    assert Client().get(link_sent()).status_code == 404


def test_somebody_with_an_account_signs_in_and_takes_it(shore: Talks, signed_in: SignIn) -> None:
    signed_in(shore.cast.lead).post(f"{PEOPLE}invite/", INVITED)
    response = signed_in(shore.cast.outsider).post(link_sent())
    assert response.status_code == 302
    assert Membership.objects.filter(user=shore.cast.outsider).exists()


def test_a_weak_password_makes_no_account(shore: Talks, signed_in: SignIn) -> None:
    signed_in(shore.cast.lead).post(f"{PEOPLE}invite/", INVITED)
    assert Client().post(link_sent(), JOINING | {"password": "password1234"}).status_code == 422
    assert not User.objects.filter(email="new@example.org").exists()


def test_an_unknown_link_looks_like_one_that_is_over(db: None, client: Client) -> None:
    assert client.get("/invitation/" + "x" * 43 + "/").status_code == 404
    assert client.get("/invitation/nothing/").status_code == 404


def test_the_lead_changes_a_seat_on_the_version_they_saw(shore: Talks, signed_in: SignIn) -> None:
    seat = Membership.objects.get(user=shore.cast.reader)
    sent = {"what": "change", "role": "analyst", "clearance": "AMBER", "reason": "New task."}
    client = signed_in(shore.cast.lead)
    assert client.post(f"{PEOPLE}{seat.public_id}/", sent | {"version": seat.version + 1}).status_code == 422
    assert client.post(f"{PEOPLE}{seat.public_id}/", sent | {"version": seat.version}).status_code == 302
    seat.refresh_from_db()
    assert (seat.role, seat.clearance) == (Role.ANALYST, Marking.AMBER)


def test_the_lead_ends_a_seat(shore: Talks, signed_in: SignIn) -> None:
    seat = Membership.objects.get(user=shore.cast.reader)
    sent = {"what": "end", "end-reason": "The project is over.", "version": seat.version}
    assert signed_in(shore.cast.lead).post(f"{PEOPLE}{seat.public_id}/", sent).status_code == 302
    seat.refresh_from_db()
    assert seat.ended_at is not None


def test_reading_what_is_amber_is_noted_for_the_lead(shore: Talks, signed_in: SignIn) -> None:
    hidden = shore.add_condition("Guarded bridge", marking=Marking.AMBER)
    for _twice in range(2):
        signed_in(shore.cast.analyst).get(address(hidden))
    rows = AccessLogRow.objects.filter(user=shore.cast.analyst)
    assert {row.subject_type for row in rows} == {"negotiation", "condition"}
    page = signed_in(shore.cast.lead).get("/n/two-shores/access/").content.decode()
    assert "Guarded bridge" in page
    assert signed_in(shore.cast.analyst).get("/n/two-shores/access/").status_code == 403


def test_the_log_does_not_tell_the_lead_of_what_the_lead_may_not_see(shore: Talks, signed_in: SignIn) -> None:
    hidden = add_source(
        act=Act(actor=shore.cast.other_mediator),
        negotiation=shore.negotiation,
        publisher="Zwielicht",
        title="Zwielicht",
        reliability=Reliability.A,
        marking=Marking.AMBER_STRICT,
        organisation=shore.cast.lakeside,
    )
    from_log = {"negotiation": shore.negotiation, "user": shore.cast.other_mediator, "on": "2025-12-08"}
    about = {"subject_type": "source", "subject_id": hidden.public_id, "marking": hidden.marking}
    AccessLogRow.objects.create(**from_log, **about)
    page = signed_in(shore.cast.lead).get("/n/two-shores/access/").content.decode()
    assert "Zwielicht" not in page
    assert "Other mediator" not in page
