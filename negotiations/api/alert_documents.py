"""Subscriptions as documents: what they are about with their owner's rights of now, and their wishes."""

from __future__ import annotations

from typing import Any

from rest_framework.request import Request

from negotiations.models import Subscription
from negotiations.selectors.subscription_words import sentence_of
from negotiations.selectors.subscriptions import About


def subscription_document(request: Request, row: Subscription, about: About) -> dict[str, Any]:
    here = address_of(request, row)
    return {
        "id": row.public_id,
        "about": about_document(row, about),
        "sentence": sentence_of(row),
        "verbs": row.verbs,
        "least_urgency": row.least_urgency,
        "channel": row.channel,
        "webhook": row.webhook.public_id if row.webhook else None,
        "rhythm": row.rhythm,
        "local_time": f"{row.local_time:%H:%M}",
        "weekday": row.weekday,
        "time_zone": row.time_zone,
        "quiet_from": f"{row.quiet_from:%H:%M}" if row.quiet_from else None,
        "quiet_until": f"{row.quiet_until:%H:%M}" if row.quiet_until else None,
        "breaks_quiet": row.breaks_quiet or None,
        "tells_nothing": row.tells_nothing,
        "created_at": row.created_at,
        "paused_at": row.paused_at,
        "ended_at": row.ended_at,
        "next_due_at": row.next_due_at,
        "urls": {"self": here, **{name: f"{here}{name}/" for name in ("pause", "resume", "end")}},
    }


def about_document(row: Subscription, about: About) -> dict[str, Any]:
    """What it is about; of what its owner may no longer see, nothing."""
    if not about.is_there:
        return {"kind": "gone", "negotiation": None, "id": None, "name": about.title}
    view = row.view.public_id if row.view else None
    return {
        "kind": about.noun or "everything",
        "negotiation": about.slug or None,
        "id": row.subject_id or view,
        "name": about.title,
    }


def address_of(request: Request, row: Subscription) -> str:
    return request.build_absolute_uri(f"/api/v1/subscriptions/{row.public_id}/")
