"""Verbs on webhooks: name an address, change it, sign with a new secret, let it rest, give it up. A person's own."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from negotiations.models import Negotiation, Subscription, User, Webhook, WebhookDelivery
from negotiations.rules.codes import OPEN_DELIVERIES, DeliveryState, PauseCause, Urgency
from negotiations.rules.errors import RuleError
from negotiations.rules.legible import legible
from negotiations.rules.networks import networks
from negotiations.rules.webhook import LIVING_MAX, NAME_MAX, OVERLAP, SECRET_BYTES, check_url, secret_of

from .mail import tell
from .sealing import seal, unseal
from .subscription import change_subscription, end_subscription, subscribe


def add_webhook(
    user: User,
    *,
    now: datetime,
    name: str,
    url: str,
    negotiation: Negotiation | None = None,
    verbs: Iterable[str] = (),
    least_urgency: str = Urgency.ROUTINE,
) -> tuple[Webhook, str]:
    """The webhook, subscribed to a negotiation or to everything, and its secret, which is told here once.

    Nothing that happened before is sent. Raises AddressRefused, RuleError for one too many,
    SubscriptionRefused for unknown verbs. Locks the account's row. The caller has seen to it that the
    person may see the negotiation.
    """
    check_address(url)
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=user.pk)
        if Webhook.objects.filter(user=user, ended_at__isnull=True).count() >= LIVING_MAX:
            raise RuleError(_("Give up a webhook that you do not need any more first."), code="too_many_webhooks")
        webhook = Webhook(user=user, name=checked_name(name), url=url, created_at=now)
        secret = new_secret()
        webhook.secret = seal(secret, place=place_of(webhook))
        webhook.save(force_insert=True)
        subscribe(
            user, now=now, negotiation=negotiation, verbs=verbs, webhook=webhook, least_urgency=Urgency(least_urgency)
        )
        transaction.on_commit(lambda: tell(user, "account/email/webhook_added", webhook=webhook))
    return webhook, secret


def change_webhook(
    webhook: Webhook,
    *,
    now: datetime,
    name: str | None = None,
    url: str | None = None,
    verbs: Iterable[str] | None = None,
    least_urgency: str | None = None,
) -> Webhook:
    """Change what is given; what waits goes to the new address. Raises as `add_webhook` does; locks the row."""
    if url is not None:
        check_address(url)
    with transaction.atomic():
        saved = locked(webhook)
        saved.name = saved.name if name is None else checked_name(name)
        saved.url = url or saved.url
        if url is not None:
            # What was known of the other address says nothing of this one.
            saved.failing_since, saved.failures, saved.held_until, saved.told_at = None, 0, None, None
        saved.save(update_fields=["name", "url", "failing_since", "failures", "held_until", "told_at"])
        wishes = {"verbs": verbs, "least_urgency": Urgency(least_urgency) if least_urgency else None}
        given: dict[str, Any] = {key: value for key, value in wishes.items() if value is not None}
        for subscription in subscriptions_of(saved) if given else ():
            change_subscription(subscription, now=now, **given)
    return saved


def rotate_secret(webhook: Webhook, *, now: datetime) -> str:
    """A new secret, told here once; the one before signs as well for a day. Locks the row.

    Raises RuleError while one before signs: what its receiver verifies by would sign nothing any more.
    """
    with transaction.atomic():
        saved = locked(webhook)
        if (until := overlap_until(saved, at=now)) is not None:
            said = _("The secret before this one still signs, until %(until)s. Make another one after that.")
            raise RuleError(said % {"until": f"{until.astimezone(UTC):%Y-%m-%d %H:%M} UTC"}, code="secret_overlap")
        secret = new_secret()
        saved.previous_secret, saved.previous_until = saved.secret, now + OVERLAP
        saved.secret = seal(secret, place=place_of(saved))
        saved.save(update_fields=["secret", "previous_secret", "previous_until"])
        transaction.on_commit(lambda: tell(saved.user, "account/email/webhook_secret", webhook=saved))
    return secret


def pause_webhook(webhook: Webhook, *, now: datetime) -> Webhook:
    """Send nothing until it is resumed; what happens meanwhile waits. Pausing twice is pausing once."""
    with transaction.atomic():
        saved = locked(webhook)
        if saved.paused_at is None:
            saved.paused_at, saved.paused_because = now, PauseCause.OWNER
            saved.save(update_fields=["paused_at", "paused_because"])
    return saved


def resume_webhook(webhook: Webhook) -> Webhook:
    """Go on at once with what waits."""
    with transaction.atomic():
        saved = locked(webhook)
        saved.paused_at, saved.paused_because = None, ""
        saved.failing_since, saved.failures, saved.held_until, saved.told_at = None, 0, None, None
        saved.save(update_fields=["paused_at", "paused_because", "failing_since", "failures", "held_until", "told_at"])
    return saved


def end_webhook(webhook: Webhook, *, now: datetime) -> Webhook:
    """Send nothing more, for good: what waits is withheld, its subscriptions end, its secrets are destroyed."""
    with transaction.atomic():
        saved = locked(webhook)
        if saved.ended_at is None:
            saved.ended_at, saved.secret, saved.previous_secret, saved.previous_until = now, "", "", None
            saved.save(update_fields=["ended_at", "secret", "previous_secret", "previous_until"])
        for subscription in subscriptions_of(saved):
            end_subscription(subscription, now=now)
        WebhookDelivery.objects.filter(webhook=saved, state__in=OPEN_DELIVERIES).update(
            state=DeliveryState.WITHHELD, settled_at=now, claimed_by="", claimed_until=None
        )
    return saved


def secrets_of(webhook: Webhook, *, at: datetime) -> list[str]:
    """The secrets that sign at a moment, the present one first. Raises SealBroken."""
    found = [unseal(webhook.secret, place=place_of(webhook))]
    if overlap_until(webhook, at=at) is not None:
        found.append(unseal(webhook.previous_secret, place=place_of(webhook)))
    return found


def overlap_until(webhook: Webhook, *, at: datetime) -> datetime | None:
    """Until when the secret before the present one signs as well; None where none does at this moment."""
    until = webhook.previous_until
    return until if webhook.previous_secret and until is not None and at < until else None


def subscriptions_of(webhook: Webhook) -> list[Subscription]:
    return list(Subscription.objects.filter(webhook=webhook, ended_at__isnull=True).order_by("pk"))


def check_address(url: str) -> None:
    """Refuse an address that nothing may be sent to, as this site is set up. Raises AddressRefused."""
    check_url(url, may_be_plain=settings.LOCAL, allowed=networks(settings.WEBHOOK_ALLOWED_NETWORKS))


def checked_name(name: str) -> str:
    """The name without what cannot be seen. Raises RuleError for none and for one too long."""
    seen = legible(name).strip()
    if not seen or len(seen) > NAME_MAX:
        message = _("Say in a few words what it is for.")
        raise RuleError(message, code="webhook_name", fields={"name": message})
    return seen


def new_secret() -> str:
    return secret_of(secrets.token_bytes(SECRET_BYTES))


def place_of(webhook: Webhook) -> str:
    """Where its secrets are kept: one that was copied into another row does not open there."""
    return f"webhook:{webhook.public_id}"


def locked(webhook: Webhook) -> Webhook:
    """The row as it is now, for this transaction alone."""
    return Webhook.objects.select_for_update(no_key=True, of=("self",)).select_related("user").get(pk=webhook.pk)
