"""What becomes of a delivery: what hinders it, what an answer makes of it, and when it is tried again."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from negotiations.models import Delivery
from negotiations.rules.codes import AlertChannel, DeliveryState, DeliveryTrouble

from .marks import Settled
from .post import Answer, Fate
from .recipients import key_of

# Between tries of what the server refused for now; after the last one a person has to look.
GAPS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720, 1440))


def hindrance(delivery: Delivery, suppressed_addresses: frozenset[str]) -> str:
    """Why a delivery must not be sent whatever it says; empty where nothing stands in its way."""
    if delivery.subscription.ended_at is not None:
        return DeliveryTrouble.ENDED
    if not delivery.user.is_active:
        return DeliveryTrouble.ACCOUNT_CLOSED
    if delivery.channel == AlertChannel.EMAIL and not delivery.user.email:
        return DeliveryTrouble.NO_ADDRESS
    if delivery.channel == AlertChannel.EMAIL and key_of(delivery.user.email) in suppressed_addresses:
        return DeliveryTrouble.SUPPRESSED
    return ""


def outcome(delivery: Delivery, answer: Answer, now: datetime) -> Settled:
    """What the server's answer makes of a delivery; only what it refused for now is tried again."""
    match answer.fate:
        case Fate.TAKEN:
            return Settled(delivery.pk, DeliveryState.SENT, now)
        case Fate.LOST:
            return Settled(delivery.pk, DeliveryState.UNKNOWN, now, DeliveryTrouble.UNANSWERED)
        case Fate.LATER:
            return again(delivery, _with(DeliveryTrouble.REFUSED_FOR_NOW, answer), now, attempts=delivery.attempts + 1)
        case Fate.REFUSED:
            return Settled(delivery.pk, DeliveryState.FAILED, now, _with(DeliveryTrouble.REFUSED, answer))
        case Fate.NO_SUCH_ADDRESS:
            return Settled(delivery.pk, DeliveryState.FAILED, now, _with(DeliveryTrouble.NO_SUCH_ADDRESS, answer))


def unwritten(delivery: Delivery, now: datetime) -> Settled:
    """Tried later, when what stood in the way of writing it may have been mended."""
    # What leaves is counted as it leaves; this one did not.
    return replace(again(delivery, DeliveryTrouble.NOT_WRITTEN, now, attempts=delivery.attempts + 1), tries=1)


def again(delivery: Delivery, trouble: str, now: datetime, *, attempts: int) -> Settled:
    """Waiting for its next try, with growing gaps; failed after the last one."""
    if attempts > len(GAPS):
        return Settled(delivery.pk, DeliveryState.FAILED, now, trouble)
    return Settled(delivery.pk, DeliveryState.WAITING, None, trouble, now + GAPS[attempts - 1])


def _with(trouble: DeliveryTrouble, answer: Answer) -> str:
    return f"{trouble.value} {answer.why}".strip()
