"""Links in mail are signed, lead to this site, and follow their reader's language."""

from __future__ import annotations

import pytest

from negotiations.digests.addresses import (
    site_url,
    subscription_of,
    unsubscribe_page_url,
    unsubscribe_token,
    unsubscribe_url,
)
from negotiations.models import Subscription
from tests.factories import Talks

from .world import subscribed


@pytest.fixture
def subscription(talks: Talks) -> Subscription:
    return subscribed(talks)


def test_a_token_names_its_subscription_and_no_other(subscription: Subscription) -> None:
    token = unsubscribe_token(subscription)
    assert subscription_of(token) == subscription
    assert unsubscribe_url(subscription) == site_url(f"/unsubscribe/{token}/")


@pytest.mark.parametrize("change", [lambda token: token[:-1], lambda token: f"0{token[1:]}x", lambda _token: "no"])
def test_a_token_that_was_touched_names_none(subscription: Subscription, change: object) -> None:
    assert subscription_of(change(unsubscribe_token(subscription))) is None  # type: ignore[operator]


def test_the_page_is_in_the_readers_language(subscription: Subscription) -> None:
    subscription.user.language = "ar"
    assert "/ar/unsubscribe/" in unsubscribe_page_url(subscription)
