"""Addresses that get no digests any more; mail about an account never asks here and always goes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import structlog

from negotiations.models import Suppression
from negotiations.rules.codes import SuppressionCause

from .recipients import key_of

log = structlog.get_logger(__name__)
# What a provider tells of a mail (anymail's words), and what it means; a soft bounce is tried again by the provider.
TOLD = {"bounced": SuppressionCause.BOUNCED, "complained": SuppressionCause.COMPLAINED}


def suppress(address: str, cause: SuppressionCause) -> None:
    """Send no more digests to an address; an earlier cause stays. The log names no address."""
    Suppression.objects.bulk_create([Suppression(address=key_of(address), cause=cause)], ignore_conflicts=True)
    log.info("mail.suppressed", cause=cause.value)


def suppressed(addresses: Iterable[str]) -> frozenset[str]:
    """Which of the addresses get no digests now, by their keys."""
    asked = {key_of(address) for address in addresses if address}
    living = Suppression.objects.filter(address__in=asked, lifted_at__isnull=True)
    return frozenset(living.values_list("address", flat=True))


def hear_provider(event: Any, **_: Any) -> None:
    """What the mail provider tells afterwards, by its signed webhook: a receiver of anymail's `tracking`."""
    cause = TOLD.get(event.event_type)
    if cause is not None and event.recipient:
        suppress(event.recipient, cause)
