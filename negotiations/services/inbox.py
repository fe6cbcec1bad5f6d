"""Marking messages of the in-app inbox as read; a person's own, not of the record."""

from __future__ import annotations

from datetime import datetime

from negotiations.models import Delivery, User
from negotiations.selectors.inbox import unread_of


def mark_read(delivery: Delivery, *, now: datetime) -> None:
    """Mark one message as read; one that was read keeps its moment."""
    Delivery.objects.filter(pk=delivery.pk, read_at__isnull=True).update(read_at=now)


def mark_all_read(user: User, *, until: datetime, now: datetime) -> int:
    """Mark everything that was in the person's inbox by `until` as read; returns how many messages that were."""
    return unread_of(user.pk).filter(made_at__lte=until).update(read_at=now)
