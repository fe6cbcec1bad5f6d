"""Finds what a webhook is to be sent again: the entries that are named, or a stretch of a record."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from negotiations.access.viewer import viewer_for
from negotiations.models import Entry, Negotiation, Stream, Webhook
from negotiations.rules.alerts import reaches, urgency_of
from negotiations.rules.webhook import REPLAY_MAX
from negotiations.selectors.entry_lines import with_payload
from negotiations.selectors.feed_cursor import cursor_at, read_cursor
from negotiations.selectors.matching import wanted_entries
from negotiations.services.webhook import subscriptions_of

from .events import carried_for


def named_entries(webhook: Webhook, negotiation: Negotiation, ids: Iterable[UUID]) -> list[Entry]:
    """Those of the named entries of a negotiation that may be sent, in the order of its record."""
    carried = Entry.objects.visible_to(carried_for(webhook.user, negotiation))
    return list(carried.filter(negotiation=negotiation, public_id__in=list(ids)).order_by("seq"))


def entries_between(
    webhook: Webhook, negotiation: Negotiation, *, after: str, upto: str = ""
) -> tuple[list[Entry], str | None]:
    """What the webhook asks for after one cursor of the record and up to another, at most REPLAY_MAX entries.

    Without `upto` it goes to the end. Returns the entries and the cursor to go on from, None at the end.
    Raises CursorRefused or CursorOutdated.
    """
    viewer = viewer_for(webhook.user)
    start, _last = read_cursor(negotiation, viewer, after)
    end = read_cursor(negotiation, viewer, upto)[0] if upto else Stream.objects.get(negotiation=negotiation).head
    read, has_more = stretch(webhook, negotiation, seq__gt=start, seq__lte=end)
    return wanted(webhook, read), cursor_at(negotiation, viewer, read[-1].public_id) if has_more else None


def entries_since(webhook: Webhook, negotiation: Negotiation, since: datetime) -> tuple[list[Entry], bool]:
    """What the webhook asks for of all that was recorded since a moment, and whether there is more than fits."""
    read, has_more = stretch(webhook, negotiation, inserted_at__gte=since)
    return wanted(webhook, read), has_more


def stretch(webhook: Webhook, negotiation: Negotiation, **which: Any) -> tuple[list[Entry], bool]:
    """At most REPLAY_MAX entries that may be sent, in the order of the record, and whether more follow."""
    carried = Entry.objects.visible_to(carried_for(webhook.user, negotiation))
    rows = with_payload(carried.filter(negotiation=negotiation, **which)).order_by("seq")
    read = list(rows[: REPLAY_MAX + 1])
    return read[:REPLAY_MAX], len(read) > REPLAY_MAX


def wanted(webhook: Webhook, entries: list[Entry]) -> list[Entry]:
    """Those that any of its subscriptions asks for, in their order."""
    found: set[int] = set()
    rows = Entry.objects.filter(pk__in=[entry.pk for entry in entries])
    for subscription in subscriptions_of(webhook):
        about = set(wanted_entries(subscription, rows).values_list("pk", flat=True))
        urgent = {
            entry.pk
            for entry in entries
            if reaches(urgency_of(entry.verb, entry.payload.changes), subscription.least_urgency)
        }
        found |= about & urgent
    return [entry for entry in entries if entry.pk in found]
