"""Who is told what in a fault test, and how it came out."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable

from django.db import OperationalError, connection
from django.utils import timezone

from negotiations.models import Delivery, Subscription, User
from negotiations.rules.codes import AlertChannel, DeliveryState, Rhythm, Urgency
from negotiations.selectors.reconciliation import balance
from negotiations.services.subscription import end_subscription, subscribe
from tests.factories import Talks

from .fleet import Fleet, wait_for, write_order

OPEN = (DeliveryState.WAITING, DeliveryState.CLAIMED, DeliveryState.SENDING)
NUMBERS = itertools.count(1)
STATUSES = itertools.cycle(["in_progress", "partly_met", "reported_met"])


class World:
    """Some readers who are told at once, and the one change that each test is about."""

    def __init__(self, fleet: Fleet, shore: Talks) -> None:
        self.fleet, self.shore = fleet, shore
        self.subscriptions: list[Subscription] = []

    def readers(self, count: int) -> None:
        """That many people with addresses of their own, told of everything at once."""
        for number in itertools.islice(NUMBERS, count):
            user = User.objects.create_user(f"reader-{number}", email=f"reader-{number}@example.org")
            self.subscriptions.append(
                subscribe(
                    user,
                    now=timezone.now(),
                    negotiation=self.shore.negotiation,
                    channel=AlertChannel.EMAIL,
                    rhythm=Rhythm.AT_ONCE,
                    least_urgency=Urgency.NOTABLE,
                )
            )

    def change(self) -> None:
        """Something that everybody is told of."""
        self.shore.set_status(self.shore.release, next(STATUSES))

    def die_at(self, step: str) -> None:
        write_order(self.fleet.step, step)

    def mail_server(self, behaviour: str) -> None:
        write_order(self.fleet.order, behaviour)

    def until(self, is_so: Callable[[], bool]) -> None:
        """Wait for it while whatever dies is started again, as on a real site."""
        wait_for(lambda: _asked(is_so), between=self.fleet.revive)

    def is_settled(self) -> bool:
        """Whether every reader has one delivery and none is on its way."""
        mine = Delivery.objects.filter(subscription__in=self.subscriptions)
        return mine.values("subscription").distinct().count() == len(self.subscriptions) and not (
            mine.filter(state__in=OPEN).exists()
        )

    def states(self) -> Counter[str]:
        mine = Delivery.objects.filter(subscription__in=self.subscriptions)
        return Counter(mine.values_list("state", flat=True))

    def received(self) -> Counter[str]:
        """How many mails came for each of the readers here."""
        mine = {one.user.email for one in self.subscriptions}
        return Counter(address for address in self.fleet.received() if address in mine)

    def story(self) -> list[tuple[str, str, str]]:
        """What became of each delivery, for whoever reads why a test failed."""
        mine = Delivery.objects.filter(subscription__in=self.subscriptions).order_by("pk")
        return list(mine.values_list("address", "state", "trouble"))

    def check(self) -> None:
        """Nobody got a mail twice, whoever was marked as sent got one, and the books balance."""
        received = self.received()
        assert set(received.values()) <= {1}
        for one in Delivery.objects.filter(subscription__in=self.subscriptions).select_related("user"):
            if one.state == DeliveryState.SENT:
                assert received[one.user.email] == 1, one.user.email
            else:
                assert one.state == DeliveryState.UNKNOWN, one.state
        assert balance().is_even

    def leave(self) -> None:
        self.mail_server("")
        self.fleet.step.unlink(missing_ok=True)
        for one in self.subscriptions:
            end_subscription(one, now=timezone.now())


def _asked(is_so: Callable[[], bool]) -> bool:
    """False while the database is away."""
    try:
        return is_so()
    except OperationalError:
        connection.close()
        return False
