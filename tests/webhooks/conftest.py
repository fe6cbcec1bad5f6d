"""The small negotiation, and webhooks of its people."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine

from negotiations.models import Entry, Webhook, WebhookDelivery
from negotiations.services.webhook import add_webhook
from negotiations.webhooks.consumer import make_deliveries
from negotiations.webhooks.deliver import deliver_due
from tests.factories import Talks
from tests.factories import talks as build
from tests.services import facts

from .receiver import Receiver, receiving

Add = Callable[..., Webhook]


@pytest.fixture
def talks(db: None) -> Talks:
    """Built anew for each test."""
    return build()


@pytest.fixture
def add(talks: Talks) -> Add:
    """`add("analyst", url=…)`: a webhook of somebody of the cast, for everything unless the test says otherwise."""

    def made(name: str = "reader", **wishes: Any) -> Webhook:
        wishes.setdefault("url", "https://hooks.example.org/in")
        wishes.setdefault("now", datetime.now(UTC))
        webhook, _secret = add_webhook(getattr(talks.cast, name), name="Map", **wishes)
        return webhook

    return made


def tell(*entries: Entry) -> None:
    """Hand entries to the webhooks, as the outbox does."""
    for entry in entries:
        make_deliveries(entry)


def latest(talks: Talks) -> Entry:
    return Entry.objects.filter(negotiation=talks.negotiation).latest("seq")


@pytest.fixture
def there() -> Iterator[Receiver]:
    """A receiver that takes everything."""
    with receiving() as found:
        yield found


@pytest.fixture(autouse=True)
def _plain(settings: Any) -> None:
    """The receivers of these tests speak http."""
    settings.LOCAL = True


def told(talks: Talks, **fields: Any) -> WebhookDelivery:
    """A claim that the only webhook asks for, on its way there."""
    facts.claim(talks, **fields)
    tell(latest(talks))
    return WebhookDelivery.objects.latest("pk")


def run_at(moment: datetime) -> int:
    """Deliver what is due at a moment; returns how many."""
    with time_machine.travel(moment, tick=False):
        return deliver_due()
