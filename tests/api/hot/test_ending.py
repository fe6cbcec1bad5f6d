"""What is kept ends at once with the right to it, and with what it says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import time_machine
from django.test import Client

from negotiations.rules.codes import Marking, Role
from negotiations.services.act import Act
from negotiations.services.condition import edit_condition
from negotiations.services.marking import narrow_marking
from negotiations.services.membership import change_membership, end_membership
from negotiations.services.negotiation import edit_negotiation, publish_negotiation
from negotiations.services.token import create_token, revoke_token
from tests.factories import Talks, talks

from ..calls import STATE
from .shelved import Program, canaries


def test_a_narrower_marking_is_kept_from_the_next_reader(small: Talks, anybody: Client) -> None:
    assert small.release.title in anybody.get(STATE).content.decode()
    act = small.act(small.cast.lead)
    narrow_marking(small.release, act=act, version=small.release.version, marking=Marking.AMBER)
    assert small.release.title not in anybody.get(STATE).content.decode()


def test_a_seat_that_ends_or_changes_counts_at_once(small: Talks, program: Program) -> None:
    small.add_condition("Canary AMBER", marking="AMBER")
    small.add_condition("Canary GREEN", marking="GREEN")
    client, seat = program("analyst"), small.cast.analyst.memberships.get()
    act = Act(actor=small.cast.lead)
    assert canaries(client) == (True, True)
    seat = change_membership(seat, act=act, version=None, role=Role.READER, clearance=Marking.GREEN)
    assert canaries(client) == (True, False)
    end_membership(seat, act=act, version=None)
    assert canaries(client) == (False, False)


def test_a_revoked_or_expired_token_opens_nothing_kept(small: Talks) -> None:
    token, secret = create_token(small.cast.analyst, name="Program", days=1)
    client = Client(headers={"authorization": f"Bearer {secret}"})
    etag = client.get(STATE).headers["ETag"]
    with time_machine.travel(datetime.now(tz=UTC) + timedelta(days=2), tick=False):
        assert client.get(STATE, headers={"if-none-match": etag}).status_code == 401
    assert client.get(STATE).status_code == 200
    revoke_token(token)
    assert client.get(STATE, headers={"if-none-match": etag}).status_code == 401


def test_publishing_and_its_end_count_at_once(small: Talks, anybody: Client) -> None:
    assert anybody.get(STATE).status_code == 200
    act, negotiation = Act(actor=small.cast.lead, reason="Decided."), small.negotiation
    negotiation.refresh_from_db()
    closed = edit_negotiation(negotiation, act=act, version=negotiation.version, published=False)
    assert anybody.get(STATE).status_code == 404
    publish_negotiation(closed, act=act, version=closed.version)
    assert anybody.get(STATE).status_code == 200


def test_what_is_kept_ends_when_a_flag_flips(small: Talks, anybody: Client) -> None:
    due = datetime.now(tz=UTC) + timedelta(minutes=3)
    small.add_condition(due_anchor="date", due_at=due, at=None)
    assert anybody.get(STATE).json()["conditions"][-1]["due"]["is_overdue"] is False
    with time_machine.travel(due + timedelta(seconds=1), tick=False):
        assert anybody.get(STATE).json()["conditions"][-1]["due"]["is_overdue"] is True


def test_what_is_kept_ends_with_coverage(small: Talks, anybody: Client) -> None:
    end = datetime.now(tz=UTC) + timedelta(minutes=3)
    small.negotiation.refresh_from_db()
    act = Act(actor=small.cast.lead, reason="Decided.")
    edit_negotiation(small.negotiation, act=act, version=small.negotiation.version, coverage_end=end)
    assert anybody.get(STATE).json()["coverage_has_ended"] is False
    with time_machine.travel(end + timedelta(seconds=1), tick=False):
        assert anybody.get(STATE).json()["coverage_has_ended"] is True


def test_an_earlier_negotiation_that_is_narrowed_is_gone_at_once(small: Talks, anybody: Client) -> None:
    earlier = talks("earlier", cast=small.cast)
    act = small.act(small.cast.mediator)
    edit_condition(small.release, act=act, version=None, corresponds_to=earlier.release)
    assert last_time_of(anybody)["ref"] == earlier.release.ref
    lead = earlier.act(small.cast.lead)
    narrow_marking(earlier.release, act=lead, version=None, marking=Marking.AMBER)
    assert last_time_of(anybody) is None


def last_time_of(client: Client) -> Any:
    return client.get(STATE).json()["conditions"][1]["last_time"]
