"""The words of a delivery: what may be told of its window to its recipient, at this moment."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone, translation

from negotiations.models import Delivery

from .addresses import unsubscribe_page_url
from .batch import Batch, batch_of
from .parts import Part, parts_of
from .sheets import Sheet
from .shelf import Shelf
from .writing import written

# Whole letters are long; there are few of them for many recipients.
SHEETS: Shelf[Sheet | None] = Shelf(64)


@dataclass(frozen=True)
class Letter:
    """What is said, in both forms, the marking it bears, and the entries whose content is in it.

    `body` is both forms as a MIME body ready for the wire, with its own Content-Type line first.
    """

    subject: str
    text: str
    html: str
    marking: str
    told: tuple[int, ...]
    body: bytes = b""


class Press:
    """Writes the letters of one claimed batch; give it the batch, and what they share is asked once.

    Rights are those the recipients hold when the press is made, so a batch is small.
    """

    def __init__(self, deliveries: Iterable[Delivery] = (), *, now: datetime | None = None) -> None:
        self.now = now or timezone.now()
        known = list(deliveries)
        self.known = {id(delivery): delivery for delivery in known}
        self.batch = batch_of(known)

    def letter(self, delivery: Delivery) -> Letter | None:
        """The letter under the recipient's rights; None where nothing may be told."""
        if not delivery.user.is_active:
            return None
        batch = self.batch if id(delivery) in self.known else batch_of([delivery])
        sheet = self._sheet(delivery, batch)
        if sheet is None:
            return None
        name = " ".join(str(delivery.user).split())
        text, html, body = sheet.filled(name, unsubscribe_page_url(delivery.subscription))
        return Letter(sheet.subject, text, html, sheet.marking, sheet.told, body)

    def _sheet(self, delivery: Delivery, batch: Batch) -> Sheet | None:
        """The letter but for its recipient's name; made in the recipient's language and zone."""
        parts = parts_of(delivery, batch)
        key = shared_key(delivery, parts), self.now.replace(second=0, microsecond=0)
        return SHEETS.get(key, lambda: self._made(delivery, batch, parts))

    def _made(self, delivery: Delivery, batch: Batch, parts: list[Part]) -> Sheet | None:
        zone = ZoneInfo(delivery.subscription.time_zone)
        with translation.override(delivery.user.language), timezone.override(zone):
            return written(delivery, parts, batch, now=self.now)


def shared_key(delivery: Delivery, parts: Iterable[Part]) -> Hashable:
    """What decides every word of a letter but the name and the way out."""
    wish = delivery.subscription
    return (
        delivery.user.language,
        delivery.user.digits,
        wish.time_zone,
        wish.rhythm,
        wish.local_time,
        wish.weekday,
        wish.negotiation_id,
        wish.is_told_nothing,
        delivery.due_at.replace(second=0, microsecond=0),
        tuple(parts),
    )
