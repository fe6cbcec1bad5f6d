"""Ending an alert from a mail: by a post alone, also logged out, once and for good (RFC 8058)."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from negotiations.digests.addresses import unsubscribe_token
from negotiations.models import Subscription
from negotiations.rules.codes import AlertChannel
from negotiations.services.negotiation import edit_negotiation
from negotiations.services.subscription import subscribe
from tests.factories import Talks, talks

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def alert(shore: Talks) -> Subscription:
    return subscribe(shore.cast.analyst, now=timezone.now(), negotiation=shore.negotiation, channel=AlertChannel.INBOX)


def link(alert: Subscription) -> str:
    return f"/unsubscribe/{unsubscribe_token(alert)}/"


def is_over(alert: Subscription) -> bool:
    alert.refresh_from_db()
    return alert.ended_at is not None


def test_a_mail_program_ends_it_with_one_click_and_without_a_session(alert: Subscription) -> None:
    program = Client(enforce_csrf_checks=True)
    answers = [program.post(link(alert), ONE_CLICK) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].headers["Content-Type"].startswith("text/plain")
    assert is_over(alert)


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_a_scanner_that_follows_links_changes_nothing(alert: Subscription, client: Client, method: str) -> None:
    for language in ("", "/ar"):
        getattr(client, method)(language + link(alert))
    assert not is_over(alert)


def test_the_page_says_what_would_end_and_its_button_ends_it(alert: Subscription, client: Client) -> None:
    page = client.get(link(alert)).content.decode()
    assert "notable changes, every day at 07:45 (UTC), in the inbox." in page
    assert "This alert is ended." in client.post(link(alert)).content.decode()
    assert is_over(alert)
    assert "This alert is ended." in client.get(link(alert)).content.decode()


def test_whoever_holds_the_link_learns_no_title_that_is_not_public(client: Client, db: None) -> None:
    quiet = talks(published=False)
    edit_negotiation(quiet.negotiation, act=quiet.act(quiet.cast.lead), version=None, title="Talks in the lake house")
    alert = subscribe(quiet.cast.lead, now=timezone.now(), negotiation=quiet.negotiation, channel="inbox")
    assert "lake house" not in client.get(link(alert)).content.decode()
    client.force_login(quiet.cast.lead)
    assert "lake house" in client.get(link(alert)).content.decode()


@pytest.mark.parametrize("token", ["x", "5f0c7d3e0f2b4d0e9b1a2c1f3a4b5c6d.x", "%00", "a.b.c"])
def test_a_link_that_is_not_whole_says_what_to_do(shore: Talks, client: Client, token: str) -> None:
    answers = [client.get(f"/unsubscribe/{token}/"), client.post(f"/unsubscribe/{token}/")]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert "This link is not whole" in answers[0].content.decode()
    assert client.post(f"/unsubscribe/{token}/", ONE_CLICK).status_code == 404


def test_one_alert_ends_and_the_others_go_on(shore: Talks, alert: Subscription, client: Client) -> None:
    other = subscribe(shore.cast.analyst, now=timezone.now(), channel=AlertChannel.INBOX)
    client.post(link(alert), ONE_CLICK)
    assert (is_over(alert), is_over(other)) == (True, False)
