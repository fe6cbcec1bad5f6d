"""The shared briefs of a negotiation that somebody may look after."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from negotiations.models import Negotiation, SharedBrief, User
from negotiations.rules.codes import Role
from negotiations.rules.marking import Viewer, rank


def shared_by(user: User, viewer: Viewer, negotiation: Negotiation) -> QuerySet[SharedBrief]:
    """Newest first: the person's own, and for the lead everybody's, up to what the lead may see."""
    rows = SharedBrief.objects.filter(negotiation=negotiation).select_related("user").order_by("-created_at", "-pk")
    seat = viewer.seat_in(negotiation.pk)
    if seat is None:
        return rows.none()
    if seat.role != Role.LEAD:
        return rows.filter(user=user)
    seen = [level for level in {row["level"] for row in rows.values("level")} if rank(level) <= rank(seat.clearance)]
    return rows.filter(user=user) | rows.filter(level__in=seen)


def is_living(shared: SharedBrief, now: datetime) -> bool:
    return shared.revoked_at is None and shared.expires_at > now
