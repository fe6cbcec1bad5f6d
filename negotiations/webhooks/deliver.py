"""Delivers what is due to webhooks, at least once: claimed, marked, handed over, marked again.

A worker that dies between the marks leaves a claim that runs out; the delivery is then made again
under the same id, by which receivers know what they have. Each webhook is served one delivery at a
time and, as long as nothing fails, in the order of the record; what is tried again comes later than
what followed it, so whoever needs the order reads the record from the cursor that each message bears.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from datetime import datetime

import orjson
import structlog
from django.conf import settings
from django.utils import timezone

from negotiations.access.viewer import viewer_for
from negotiations.models import User, Webhook, WebhookAttempt, WebhookDelivery
from negotiations.rules.codes import AttemptTrouble, Marking
from negotiations.rules.marking import rank
from negotiations.rules.networks import networks
from negotiations.rules.webhook import signature
from negotiations.services.access_log import note_reading, shown
from negotiations.services.sealing import SealBroken
from negotiations.services.webhook import secrets_of
from negotiations.services.worker import worker_name

from .claiming import claim
from .events import Event, event_of
from .posting import AGENT, Outcome, Parcel, Sender
from .settling import begin, settle, settle_nothing

log = structlog.get_logger(__name__)
# So many receivers are served at once by one run; what it does besides waiting for them is little.
SLOTS = 8
# A run takes nothing new after this, well before the task's own limit.
RUN_S = 150.0
# How often a run that waits for slow receivers looks for what became due for others.
LOOK_S = 0.5

Flying = dict[Future[Outcome], WebhookAttempt]


def deliver_due(sender: Sender | None = None, *, clock: Callable[[], datetime] = timezone.now) -> int:
    """Deliver until nothing is due; returns how many were handed over. Several runs may be at it at once."""
    sender = sender or Sender(allowed=networks(settings.WEBHOOK_ALLOWED_NETWORKS))
    worker, ends, handed_over = worker_name(), time.monotonic() + RUN_S, 0
    flying: Flying = {}
    with ThreadPoolExecutor(max_workers=SLOTS, thread_name_prefix="webhook") as pool:
        while True:
            free = SLOTS - len(flying) if time.monotonic() < ends else 0
            claimed = claim(worker=worker, now=clock(), limit=free)
            for delivery in claimed:
                if (ready := prepared(delivery, worker=worker, now=clock())) is not None:
                    attempt, parcel = ready
                    flying[pool.submit(sender.post, parcel)] = attempt
                    handed_over += 1
            if not claimed and not flying:
                return handed_over
            for attempt, outcome in landed(flying):
                settle(attempt, outcome, worker=worker, now=clock())


def landed(flying: Flying) -> Iterator[tuple[WebhookAttempt, Outcome]]:
    """Those whose outcome is known, after waiting a little for the first."""
    if flying:
        done, _others = wait(flying, timeout=LOOK_S, return_when=FIRST_COMPLETED)
        for one in done:
            yield flying.pop(one), outcome_of(one)


def outcome_of(done: Future[Outcome]) -> Outcome:
    """What came of it; a fault of ours is told in the program's log and holds up nobody else."""
    if (fault := done.exception()) is not None:
        log.error("webhook.unsent", error=type(fault).__name__)
        return Outcome(AttemptTrouble.UNREACHABLE)
    return done.result()


def prepared(delivery: WebhookDelivery, *, worker: str, now: datetime) -> tuple[WebhookAttempt, Parcel] | None:
    """The attempt and what to hand over; None where nothing may be told, or nothing can be signed."""
    trouble = ""
    try:
        event = event_of(delivery, now=now)
        if event is None:
            settle_nothing(delivery, worker=worker, now=now)
            return None
        parcel = parcel_of(delivery, event, at=now)
    except SealBroken:
        trouble = AttemptTrouble.SECRET
    except Exception as fault:
        log.exception("webhook.unmade", delivery=str(delivery.public_id), error=type(fault).__name__)
        trouble = AttemptTrouble.INTERRUPTED
    attempt = begin(delivery, worker=worker, now=now)
    if attempt is None:
        return None
    if trouble:
        settle(attempt, Outcome(trouble), worker=worker, now=now)
        return None
    note_amber(delivery.webhook.user, event, now=now)
    return attempt, parcel


def note_amber(owner: User, event: Event | None, *, now: datetime) -> None:
    """Note in the access log what goes out above TLP:GREEN, as read by the owner."""
    if event is not None and event.negotiation is not None and rank(event.marking) >= rank(Marking.AMBER):
        note_reading(viewer_for(owner), event.negotiation, [shown(event.negotiation, event.marking)], now=now)


def parcel_of(delivery: WebhookDelivery, event: Event, *, at: datetime) -> Parcel:
    """The message of Standard Webhooks. Raises SealBroken where the secret cannot be opened."""
    body = orjson.dumps(event.document(), option=orjson.OPT_UTC_Z)
    message_id = str(delivery.public_id)
    headers = {
        "Content-Type": "application/json",
        "User-Agent": AGENT,
        "webhook-id": message_id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": signed(delivery.webhook, message_id=message_id, at=at, body=body),
    }
    return Parcel(delivery.webhook.url, headers, body)


def signed(webhook: Webhook, *, message_id: str, at: datetime, body: bytes) -> str:
    """The signature by the secret, and by the one before while a receiver changes over."""
    return " ".join(signature(one, message_id=message_id, at=at, body=body) for one in secrets_of(webhook, at=at))
