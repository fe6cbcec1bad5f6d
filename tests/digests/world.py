"""What tests of alerts stand on: people with addresses, subscriptions, and a clock that is moved by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from django.core import mail
from django.utils import timezone

from negotiations.digests.deliver import deliver_due
from negotiations.digests.editions import Editions
from negotiations.digests.windows import close_windows
from negotiations.models import Delivery, Edition, Subscription, User
from negotiations.rules.codes import AlertChannel, Rhythm, Urgency
from negotiations.services.outbox import sweep
from negotiations.services.subscription import subscribe
from tests.factories import Talks

# In the future, so that what the tests write lies before every window that they close.
NOON = datetime(2100, 3, 1, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
# When the window of a subscription made at noon is closed.
DUE = NOON + DAY


def reachable(user: User) -> User:
    """Give a person of the cast an address."""
    user.email = f"{user.username}@example.org"
    user.save(update_fields=["email"])
    return user


def edition_of(*told: int) -> Edition:
    """What a delivery bears that told of these entries."""
    editions = Editions()
    editions.meet([told])
    return Edition.objects.get(pk=editions.of(told))


def subscribed(talks: Talks, person: str = "analyst", *, now: datetime | None = None, **wishes: Any) -> Subscription:
    """A daily subscription to the negotiation by mail, unless `wishes` say otherwise."""
    user = reachable(getattr(talks.cast, person))
    wishes = {
        "negotiation": talks.negotiation,
        "channel": AlertChannel.EMAIL,
        "rhythm": Rhythm.DAILY,
        "least_urgency": Urgency.ROUTINE,
        **wishes,
    }
    return subscribe(user, now=now or timezone.now(), **wishes)


def at_once(talks: Talks, person: str = "analyst", **wishes: Any) -> Subscription:
    return subscribed(talks, person, rhythm=Rhythm.AT_ONCE, **wishes)


def swept() -> None:
    """Have every consumer hear of what was written."""
    while sweep():
        pass


def told_at(now: datetime) -> list[mail.EmailMessage]:
    """Close what is due and send it at a moment; the mails of this round alone."""
    before = len(mail.outbox)
    close_windows(now)
    deliver_due(clock=lambda: now)
    return mail.outbox[before:]


def states(subscription: Subscription) -> list[str]:
    """The states of its deliveries, in order of their windows."""
    rows = Delivery.objects.filter(subscription=subscription).order_by("window")
    return list(rows.values_list("state", flat=True))


def only(subscription: Subscription) -> Delivery:
    """The one delivery of a subscription."""
    return Delivery.objects.get(subscription=subscription)
