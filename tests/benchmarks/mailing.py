"""Many readers of one negotiation with a digest due, and the mails they would be sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time

from negotiations.digests.letter import Press
from negotiations.digests.mail import Mail, mail_for
from negotiations.models import Condition, Delivery, Stream, Subscription, User
from negotiations.rules.codes import AlertChannel, ConditionStatus, Rhythm
from tests.factories import Talks

from .newsroom import newsroom_negotiation

DUE = datetime(2026, 3, 12, 5, 45, tzinfo=UTC)
ZONES, LANGUAGES = ("Africa/Cairo", "Europe/Paris"), ("en", "ar")
RELATED = ("user", "subscription__user", "subscription__negotiation", "subscription__view")


@dataclass
class Mailing:
    """`start` is where the window of every digest begins."""

    talks: Talks
    start: int

    def fall_due(self, first: int, last: int, at: datetime, *, window: int = 1) -> None:
        """Make a delivery for the readers from one number to another, due at a moment."""
        head = Stream.objects.values_list("head", flat=True).get(negotiation=self.talks.negotiation)
        ranges = {str(self.talks.negotiation.pk): [self.start, head]}
        readers = Subscription.objects.order_by("pk").values_list("pk", "user_id")[first:last]
        Delivery.objects.bulk_create(
            Delivery(
                subscription_id=subscription,
                user_id=user,
                channel=AlertChannel.EMAIL,
                window=window,
                ranges=ranges,
                due_at=at,
                next_try_at=at,
            )
            for subscription, user in readers
        )

    def mails(self, many: int) -> list[Mail]:
        """The mails of the first deliveries that wait, written as they are sent."""
        batch = list(Delivery.objects.filter(state="waiting").select_related(*RELATED).order_by("pk")[:many])
        press = Press(batch)
        letters = [(delivery, press.letter(delivery)) for delivery in batch]
        return [mail_for(delivery, letter) for delivery, letter in letters if letter is not None]


def mailing(readers: int, *, conditions: int) -> Mailing:
    """A negotiation in which a third of the conditions moved, and its readers: in two languages and two zones."""
    talks = newsroom_negotiation(conditions=conditions, disputes=2)
    start = Stream.objects.values_list("head", flat=True).get(negotiation=talks.negotiation)
    for row in Condition.objects.filter(negotiation=talks.negotiation).order_by("pk")[: max(conditions // 3, 3)]:
        talks.set_status(row, ConditionStatus.BREACHED)
    people = User.objects.bulk_create(
        User(username=f"reader-{n}", display_name=f"Reader {n}", email=f"reader-{n}@example.org",
             language=LANGUAGES[n % 2], password="!")
        for n in range(readers)
    )  # fmt: skip
    Subscription.objects.bulk_create(
        Subscription(user=person, negotiation=talks.negotiation, rhythm=Rhythm.DAILY, local_time=time(7, 45),
                     time_zone=ZONES[n // 2 % 2], channel=AlertChannel.EMAIL)
        for n, person in enumerate(people)
    )  # fmt: skip
    return Mailing(talks, start)
