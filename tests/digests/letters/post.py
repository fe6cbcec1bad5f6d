"""A reader's digest over whatever the test records after the desk was opened."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from negotiations.digests.letter import Letter, Press
from negotiations.models import Delivery, Negotiation, Stream, Subscription, User
from negotiations.rules.codes import Rhythm, Urgency
from tests.factories import Talks

CAIRO = ZoneInfo("Africa/Cairo")
DUE = datetime(2026, 3, 12, 5, 45, tzinfo=UTC)


@dataclass
class Desk:
    """The small negotiation and how far its record had come when the window began."""

    talks: Talks
    start: int = 0
    more: list[Negotiation] = field(default_factory=list)

    def open(self) -> None:
        """Let the window begin here."""
        self.start = head_of(self.talks)

    def also(self, negotiation: Negotiation) -> None:
        """Let the window hold all of another negotiation's record too."""
        self.more.append(negotiation)

    def delivery(self, user: User | None = None, *, is_saved: bool = False, **wishes: Any) -> Delivery:
        """The window so far for a person (the newsroom's reader, cleared to GREEN), kept only where asked."""
        person = user or self.talks.cast.reader
        wishes = {"negotiation": self.talks.negotiation, "least_urgency": Urgency.NOTABLE, **wishes}
        wishes = {"rhythm": Rhythm.DAILY, "local_time": time(7, 45), "time_zone": CAIRO.key, **wishes}
        wish = Subscription(user=person, **wishes)
        ranges = {str(self.talks.negotiation.pk): [self.start, head_of(self.talks)]}
        ranges |= {str(one.pk): [0, end_of(one)] for one in self.more}
        delivery = Delivery(subscription=wish, user=person, channel="email", window=1, ranges=ranges, due_at=DUE)
        if is_saved:
            wish.save()
            delivery.subscription = wish
            delivery.save()
        return delivery

    def letter(self, user: User | None = None, **wishes: Any) -> Letter | None:
        delivery = self.delivery(user, **wishes)
        return Press([delivery]).letter(delivery)

    def text(self, user: User | None = None, **wishes: Any) -> str:
        """The letter's text; the test fails where there is no letter."""
        letter = self.letter(user, **wishes)
        assert letter is not None
        return letter.text

    def section(self, heading: str, user: User | None = None, **wishes: Any) -> str:
        """What stands under a heading of the text, up to the next one; empty where there is no such heading."""
        text = self.text(user, **wishes)
        _before, found, rest = text.partition(f"\n{heading}\n---")
        return rest.partition("\n\n")[0] if found else ""


def head_of(talks: Talks) -> int:
    return end_of(talks.negotiation)


def end_of(negotiation: Negotiation) -> int:
    return Stream.objects.values_list("head", flat=True).get(negotiation=negotiation)
