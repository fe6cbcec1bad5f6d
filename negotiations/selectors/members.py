"""The people seated in a negotiation."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from negotiations.models import Membership, Negotiation, Organisation


def members_of(negotiation: Negotiation) -> QuerySet[Membership]:
    """Those seated now, by name."""
    seats = Membership.objects.filter(negotiation=negotiation, ended_at__isnull=True)
    return seats.select_related("user", "organisation").order_by("user__display_name", "user__username")


def former_members_of(negotiation: Negotiation) -> QuerySet[Membership]:
    """Those whose seat ended, the latest first."""
    seats = Membership.objects.filter(negotiation=negotiation, ended_at__isnull=False)
    return seats.select_related("user", "organisation").order_by("-ended_at")


def member_of(negotiation: Negotiation, public_id: UUID) -> Membership | None:
    """A seat held now, by its own id."""
    return members_of(negotiation).filter(public_id=public_id).first()


def organisations_of(negotiation: Negotiation) -> QuerySet[Organisation]:
    """The bodies that people here work or worked for; of others a lead does not learn."""
    return Organisation.objects.filter(memberships__negotiation=negotiation).distinct().order_by("name")
