"""Marks what happens to a delivery: before it is handed over, and what came of it."""

from __future__ import annotations

import random
from datetime import datetime

import structlog
from django.db import transaction
from django.db.models import F

from negotiations.models import Webhook, WebhookAttempt, WebhookDelivery
from negotiations.rules.codes import AttemptTrouble, DeliveryState, PauseCause
from negotiations.rules.retrying import hold, next_try
from negotiations.rules.webhook import TELL_AFTER, TELL_AGAIN
from negotiations.services.mail import tell

from .claiming import LEASE
from .posting import Outcome

log = structlog.get_logger(__name__)
# Troubles of the receiver as a whole: while they last its other deliveries would fail as well.
OF_THE_RECEIVER = frozenset(
    {
        AttemptTrouble.TIMEOUT,
        AttemptTrouble.UNREACHABLE,
        AttemptTrouble.UNRESOLVED,
        AttemptTrouble.ADDRESS,
        AttemptTrouble.CERTIFICATE,
        AttemptTrouble.SECRET,
    }
)
BUSY = frozenset({429, 502, 503, 504})


def begin(delivery: WebhookDelivery, *, worker: str, now: datetime) -> WebhookAttempt | None:
    """Mark that it is being handed over; None where its claim was lost meanwhile.

    The attempt stands as interrupted until its outcome is known: if the worker dies, that is what it was.
    """
    first = delivery.first_tried_at or now
    again = next_try(delivery.attempts + 1, first_at=first, now=now, chance=random.random())  # noqa: S311  no secret
    with transaction.atomic():
        is_ours = WebhookDelivery.objects.filter(pk=delivery.pk, claimed_by=worker).update(
            state=DeliveryState.SENDING,
            attempts=F("attempts") + 1,
            first_tried_at=first,
            next_try_at=again or now + LEASE,
            claimed_until=now + LEASE,
        )
        if not is_ours:
            return None
        delivery.attempts, delivery.first_tried_at = delivery.attempts + 1, first
        return WebhookAttempt.objects.create(delivery=delivery, began_at=now, trouble=AttemptTrouble.INTERRUPTED)


def settle_nothing(delivery: WebhookDelivery, *, worker: str, now: datetime) -> None:
    """Nothing of it may be told: it is done, and nobody is told that it was there."""
    _mark(delivery, worker, state=DeliveryState.NOTHING, settled_at=now)


def settle(attempt: WebhookAttempt, outcome: Outcome, *, worker: str, now: datetime) -> None:
    """Write down what came of an attempt, when it is tried again, and how its webhook stands.

    A run whose claim was taken over meanwhile writes down its attempt alone.
    """
    delivery = attempt.delivery
    with transaction.atomic():
        # The order of locks of `claim`: the webhook, then its deliveries.
        webhook = Webhook.objects.select_for_update(no_key=True, of=("self",)).select_related("user").get(
            pk=delivery.webhook_id
        )  # fmt: skip
        WebhookAttempt.objects.filter(pk=attempt.pk).update(
            status=outcome.status, trouble=outcome.trouble, took_ms=outcome.took_ms
        )
        if not outcome.trouble:
            _mark(delivery, worker, state=DeliveryState.SENT, settled_at=now, next_try_at=None)
            recover(webhook)
        else:
            is_given_up = not _try_again(delivery, outcome, worker=worker, now=now)
            suffer(webhook, outcome, is_given_up=is_given_up, now=now)
    log.info("webhook.attempt", delivery=str(delivery.public_id), status=outcome.status, trouble=outcome.trouble)


def _try_again(delivery: WebhookDelivery, outcome: Outcome, *, worker: str, now: datetime) -> bool:
    """Whether it is tried again; where not, it waits for a person."""
    again = next_try(
        delivery.attempts,
        first_at=delivery.first_tried_at or now,
        now=now,
        chance=random.random(),  # noqa: S311  no secret
        retry_after=outcome.retry_after,
    )
    if again is None:
        _mark(delivery, worker, state=DeliveryState.FAILED, settled_at=now, next_try_at=None)
    else:
        _mark(delivery, worker, state=DeliveryState.WAITING, next_try_at=again)
    return again is not None


def _mark(delivery: WebhookDelivery, worker: str, **values: object) -> None:
    """Set columns of a delivery that this run still holds, and let go of it."""
    ours = WebhookDelivery.objects.filter(pk=delivery.pk, claimed_by=worker)
    ours.update(claimed_by="", claimed_until=None, **values)


def recover(webhook: Webhook) -> None:
    """It took something: whatever it failed at before is over."""
    if webhook.failing_since is not None or webhook.held_until is not None:
        Webhook.objects.filter(pk=webhook.pk).update(failing_since=None, failures=0, held_until=None, told_at=None)


def suffer(webhook: Webhook, outcome: Outcome, *, is_given_up: bool, now: datetime) -> None:
    """Note that it failed, leave it in peace for a while if it does not answer, and tell its owner in time."""
    failures = webhook.failures + 1
    values: dict[str, object] = {"failing_since": webhook.failing_since or now, "failures": failures}
    if outcome.trouble in OF_THE_RECEIVER or outcome.status in BUSY:
        values["held_until"] = now + hold(failures, retry_after=outcome.retry_after)
    is_gone = outcome.trouble == AttemptTrouble.GONE and webhook.paused_at is None
    if is_gone:
        values |= {"paused_at": now, "paused_because": PauseCause.GONE}
    if is_gone or has_to_be_told(webhook, is_given_up=is_given_up, now=now):
        values["told_at"] = now
        template = "account/email/webhook_gone" if is_gone else "account/email/webhook_failing"
        transaction.on_commit(lambda: tell(webhook.user, template, webhook=webhook))
    Webhook.objects.filter(pk=webhook.pk).update(**values)


def has_to_be_told(webhook: Webhook, *, is_given_up: bool, now: datetime) -> bool:
    """Whether its owner must hear that it fails: after an hour, when something is given up, once a day at most."""
    if webhook.told_at is not None and now < webhook.told_at + TELL_AGAIN:
        return False
    return is_given_up or (webhook.failing_since is not None and now >= webhook.failing_since + TELL_AFTER)
