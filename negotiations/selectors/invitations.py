"""Invitations: the one behind a link, and those of a negotiation for its lead."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from negotiations.models import Invitation, Negotiation
from negotiations.rules.invitation import SECRET, digest_of


def invitation_behind(secret: str) -> Invitation | None:
    """The invitation whose link this is, whether or not it still stands."""
    if not SECRET.fullmatch(secret):
        return None
    related = ("negotiation", "organisation", "invited_by")
    return Invitation.objects.select_related(*related).filter(digest=digest_of(secret)).first()


def open_invitations(negotiation: Negotiation, now: datetime) -> QuerySet[Invitation]:
    """The offers that still stand, the newest first."""
    standing = Invitation.objects.filter(negotiation=negotiation, taken_at__isnull=True, withdrawn_at__isnull=True)
    return (
        standing.filter(expires_at__gt=now).select_related("organisation", "invited_by").order_by("-created_at", "-pk")
    )


def invitation_of(negotiation: Negotiation, public_id: UUID) -> Invitation | None:
    return Invitation.objects.filter(negotiation=negotiation, public_id=public_id).first()
