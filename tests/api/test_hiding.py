"""What a reader may not see does not exist: not in a body, a header, a count, a ref or an error."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from negotiations.services.assessment import assess
from negotiations.services.claim import make_claim
from negotiations.services.condition import check_condition
from negotiations.services.membership import change_membership
from negotiations.services.position import state_position
from negotiations.services.window import open_window
from tests.factories import START, Talks, talks

from .calls import LIST, STATE, condition_url, lasting, without_request_id
from .conftest import signed_in

READ = (LIST, f"{LIST}?limit=1", "/api/v1/negotiations/two-shores/", STATE, f"{STATE}?as_of=2025-12-08")


TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="\w+"')


def everything(client: Client, small: Talks) -> list[tuple[int, bytes, dict[str, str]]]:
    """All that a reader receives, but for what names the single request."""
    answers = []
    for address in (*READ, condition_url(small.withdrawal), f"/n/{small.negotiation.slug}/", "/"):
        response = client.get(address)
        answers.append((response.status_code, TOKEN.sub(b"", response.content), lasting(response)))
    return answers


def hidden_condition(small: Talks) -> None:
    small.add_condition("CANARY", marking="AMBER", at=None)


def hidden_dispute(small: Talks) -> None:
    small.open_dispute("CANARY", conditions=[small.withdrawal], marking="AMBER")


def hidden_claim(small: Talks) -> None:
    make_claim(
        act=small.act(), negotiation=small.negotiation, claimant=small.south, kind="fulfilled", text="CANARY",
        said_at=START.replace(month=11), conditions=[small.withdrawal], marking="AMBER",
    )  # fmt: skip


def hidden_position(small: Talks) -> None:
    state_position(
        act=small.act(), negotiation=small.negotiation, actor=small.south, stance="accepts", summary="CANARY",
        stated_at=START.replace(month=11), dispute=small.dispute, marking="AMBER",
    )  # fmt: skip


def hidden_window(small: Talks) -> None:
    open_window(act=small.act(), negotiation=small.negotiation, title="CANARY", opens_at=START, marking="AMBER")


def hidden_outlook(small: Talks) -> None:
    assess(
        act=small.act(small.cast.analyst), negotiation=small.negotiation, author=small.cast.analyst,
        question="CANARY", likelihood="likely", trend="unchanged", rationale="x", assessed_at=START,
        marking="AMBER",
    )  # fmt: skip


def hidden_check(small: Talks) -> None:
    check_condition(small.add_condition("CANARY", marking="AMBER"), act=small.act(), version=None, where="CANARY")


def a_seat_changed(small: Talks) -> None:
    seat = small.cast.analyst.memberships.get()
    change_membership(seat, act=small.act(small.cast.lead), version=None, role="reader", clearance="GREEN")


def hidden_negotiation(small: Talks) -> None:
    talks("a-hidden-one", cast=small.cast, published=False)


@pytest.mark.parametrize(
    "hide",
    [
        hidden_condition, hidden_dispute, hidden_claim, hidden_position, hidden_window, hidden_outlook,
        hidden_check, a_seat_changed, hidden_negotiation,
    ],
)  # fmt: skip
def test_a_public_readers_bytes_stay_the_same(small: Talks, anybody: Client, hide: Callable[[Talks], None]) -> None:
    readers = [anybody, signed_in(small, "outsider")]
    # The database's own clock runs on: a moment later than anything it will write.
    with time_machine.travel(datetime.now(tz=UTC) + timedelta(hours=1), tick=False):
        before = [everything(reader, small) for reader in readers]
        hide(small)
        after = [everything(reader, small) for reader in readers]
    assert after == before
    assert "CANARY" not in repr(after)


def test_the_next_public_ref_tells_nothing_of_hidden_ones(small: Talks, anybody: Client) -> None:
    hidden_condition(small)
    small.add_condition("Open the road")
    assert [one["ref"] for one in anybody.get(STATE).json()["conditions"]] == ["C1", "C2", "C3"]


@pytest.mark.parametrize("name", ["anybody", "outsider"])
def test_hidden_and_unknown_answer_alike(small: Talks, anybody: Client, name: str) -> None:
    client = anybody if name == "anybody" else signed_in(small, name)
    hidden_negotiation(small)
    hidden = small.add_condition(marking="AMBER")
    pairs = [
        ("/api/v1/negotiations/a-hidden-one/", "/api/v1/negotiations/no-such-one/"),
        ("/api/v1/negotiations/a-hidden-one/state/", "/api/v1/negotiations/no-such-one/state/"),
        (condition_url(hidden), "/api/v1/conditions/5f0c7d3e-0f2b-4d0e-9b1a-2c1f3a4b5c6d/"),
        (condition_url(hidden), "/api/v1/conditions/none/"),
        (condition_url(hidden), "/api/v2/"),
    ]
    for there, nowhere in pairs:
        assert without_request_id(client.get(there)) == without_request_id(client.get(nowhere))
        assert client.get(there).status_code == 404


def test_one_mediators_staff_do_not_read_anothers(small: Talks, mediator: Client) -> None:
    state_position(
        act=small.act(small.cast.other_mediator), negotiation=small.negotiation, actor=small.north,
        stance="accepts", summary="CANARY", stated_at=START, dispute=small.dispute, marking="AMBER+STRICT",
        organisation=small.cast.lakeside,
    )  # fmt: skip
    assert b"CANARY" not in mediator.get(STATE).content
    assert b"CANARY" in signed_in(small, "other_mediator").get(STATE).content
