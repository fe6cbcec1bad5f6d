"""What the phase-state document sets beside the process: gaps of the text, the earlier attempt, base rates."""

from __future__ import annotations

import pytest
from django.test import Client

from negotiations.services.condition import edit_condition
from tests.factories import START, Talks, talks

from .calls import STATE

pytestmark = pytest.mark.django_db


@pytest.fixture
def earlier(small: Talks) -> Talks:
    """An earlier attempt whose counterpart of the withdrawal was partly met."""
    found = talks("first-attempt", cast=small.cast)
    found.set_status(found.withdrawal, "partly_met", at=START)
    edit_condition(small.withdrawal, act=small.act(), version=None, corresponds_to=found.withdrawal)
    return found


def withdrawal(client: Client, small: Talks) -> dict[str, object]:
    found: list[dict[str, object]] = client.get(STATE).json()["conditions"]
    return next(one for one in found if one["ref"] == small.withdrawal.ref)


def test_it_lists_what_the_text_leaves_open(small: Talks, anybody: Client) -> None:
    kinds = {line["kind"]: line for line in anybody.get(STATE).json()["completeness"]}
    assert small.release.ref in kinds["no_verifier"]["conditions"]


def test_it_gives_base_rates_with_source_and_caveat(small: Talks, anybody: Client) -> None:
    line = next(one for one in anybody.get(STATE).json()["base_rates"] if one["category"] == small.withdrawal.category)
    assert line["sentences"]
    assert line["caveat"]
    assert line["source"].startswith("Peace Accords Matrix")


def test_it_says_how_the_counterpart_fared(small: Talks, earlier: Talks, anybody: Client) -> None:
    told = withdrawal(anybody, small)["last_time"]
    assert isinstance(told, dict)
    assert (told["negotiation"], told["ref"], told["status"]) == ("first-attempt", earlier.withdrawal.ref, "partly_met")


def test_a_counterpart_that_is_hidden_does_not_exist(small: Talks, anybody: Client) -> None:
    hidden = talks("hidden-attempt", cast=small.cast, published=False)
    edit_condition(small.withdrawal, act=small.act(), version=None, corresponds_to=hidden.withdrawal)
    assert withdrawal(anybody, small)["last_time"] is None
