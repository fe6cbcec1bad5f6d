"""Mail that comes back: reads delivery status notifications (RFC 3464) and believes those of our own mail alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.message import Message
from enum import Enum
from uuid import UUID

import structlog
from django.db import transaction

from negotiations.models import Delivery
from negotiations.rules.codes import AlertChannel, DeliveryState, DeliveryTrouble, SuppressionCause

from .recipients import key_of
from .suppression import suppress

log = structlog.get_logger(__name__)
# A notification may bring the whole mail back; none of ours is nearly as long.
MOST_BYTES = 1024 * 1024
# What left the house, or may have; a notification can be quicker than the mark that it was taken.
LEFT = (DeliveryState.SENT, DeliveryState.UNKNOWN, DeliveryState.SENDING)
# RFC 3463: a full mailbox, and what is wrong with a mail or a server, is no fault of the address.
NOT_THE_ADDRESS = re.compile(r"5\.(2\.2|2\.3|3\.|6\.|7\.)")
STATUS = re.compile(r"\s*([245]\.\d{1,3}\.\d{1,3})\b")
# As `mail.message_id` makes it; the site may have had another name when the mail left.
MESSAGE_ID = re.compile(r"\s*<([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@[!-~]{1,160}>\s*")
HEADERS = ("text/rfc822-headers", "message/rfc822-headers")


class Heard(Enum):
    """What a mail that came back was, and what followed from it."""

    SUPPRESSED = "It came back for good: the address gets no digests any more."
    CAME_BACK = "It came back, and not for its address: it waits for an administrator."
    DELAYED = "It is delayed: nothing changed."
    KNOWN = "It was told before, or the mail has not left: nothing changed."
    UNKNOWN = "It is about no mail of this site: nothing changed."
    NOT_THEIRS = "It is about an address that the mail did not go to: nothing changed."
    UNREADABLE = "It is no delivery status notification: nothing changed."
    TOO_LARGE = "It is too large to be a notification: nothing changed."


@dataclass(frozen=True, slots=True)
class Fate:
    """What a notification tells of one recipient; `addresses` are the keys of how it names them."""

    addresses: frozenset[str]
    is_final: bool
    status: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A notification: the deliveries whose mail it returns, and the fates it tells of."""

    deliveries: tuple[UUID, ...]
    fates: tuple[Fate, ...]


def hear_bounce(data: bytes, *, now: datetime) -> Heard:
    """Take in one mail that came to the return path, whoever wrote it; the log names no address.

    It counts only where it brings back the Message-ID of a mail that went to just the address it
    speaks of. Safe to repeat: a mail comes back once.
    """
    heard = _heard(data, now)
    log.info("mail.returned", heard=heard.name.lower())
    return heard


def _heard(data: bytes, now: datetime) -> Heard:
    if len(data) > MOST_BYTES:
        return Heard.TOO_LARGE
    notice = notice_in(data)
    if notice is None:
        return Heard.UNREADABLE
    delivery = Delivery.objects.filter(public_id__in=notice.deliveries, channel=AlertChannel.EMAIL).first()
    if delivery is None:
        return Heard.UNKNOWN
    fate = next((one for one in notice.fates if key_of(delivery.address) in one.addresses), None)
    if fate is None:
        return Heard.NOT_THEIRS
    return _take_back(delivery, fate, now) if fate.is_final else Heard.DELAYED


def _take_back(delivery: Delivery, fate: Fate, now: datetime) -> Heard:
    """Mark a delivery as not arrived, and suppress its address where that is what failed."""
    of_the_address = fate.status.startswith("5") and not NOT_THE_ADDRESS.match(fate.status)
    with transaction.atomic():
        left = Delivery.objects.filter(pk=delivery.pk, state__in=LEFT).update(
            state=DeliveryState.FAILED,
            trouble=f"{DeliveryTrouble.CAME_BACK.value} {fate.status}",
            settled_at=now,
            claimed_by="",
            claimed_until=None,
            next_try_at=None,
        )
        if left and of_the_address:
            suppress(delivery.address, SuppressionCause.BOUNCED)
    if not left:
        return Heard.KNOWN
    return Heard.SUPPRESSED if of_the_address else Heard.CAME_BACK


def notice_in(data: bytes) -> Notice | None:
    """What a mail tells as a notification; None where it is none, or nothing can be made of it."""
    try:
        parts = _parts(message_from_bytes(data))
        notice = Notice(tuple(_deliveries(parts)), tuple(_fates(parts)))
    except Exception as error:  # noqa: BLE001  anybody may write to the return path, and anything
        log.warning("mail.garbage", error=type(error).__name__)
        return None
    return notice if notice.fates else None


def _parts(message: Message) -> list[Message]:
    """The parts of a report itself; what is forwarded or attached deeper in speaks for nobody."""
    if message.get_content_type() != "multipart/report" or not message.is_multipart():
        return []
    return [part for part in message.get_payload() if isinstance(part, Message)]


def _fates(parts: list[Message]) -> Iterator[Fate]:
    reports = [part for part in parts if part.get_content_type() == "message/delivery-status" and part.is_multipart()]
    blocks = [block for report in reports for block in report.get_payload() if isinstance(block, Message)]
    for block in blocks:
        status = STATUS.match(str(block["Status"] or ""))
        action = str(block["Action"] or "").strip().casefold()
        if status and action in ("failed", "delayed"):
            addresses = frozenset(_addresses(block))
            yield Fate(addresses, action == "failed", status[1])


def _addresses(block: Message) -> Iterator[str]:
    for name in ("Final-Recipient", "Original-Recipient"):
        _kind, _semicolon, address = str(block[name] or "").partition(";")
        if address.strip():
            yield key_of(address.strip().strip("<>"))


def _deliveries(parts: list[Message]) -> Iterator[UUID]:
    """By the Message-ID in the head of the mail that is returned, whole or as its headers alone."""
    for part in parts:
        head = part.get_payload(0) if part.get_content_type() == "message/rfc822" and part.is_multipart() else None
        if part.get_content_type() in HEADERS:
            text = part.get_payload(decode=True)
            head = message_from_bytes(text) if isinstance(text, bytes) else part
        found = MESSAGE_ID.fullmatch(str(head["Message-ID"] or "")) if isinstance(head, Message) else None
        if found:
            yield UUID(found[1])
