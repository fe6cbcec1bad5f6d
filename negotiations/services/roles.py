"""The role a person holds in a negotiation now."""

from __future__ import annotations

from negotiations.models import Membership, Negotiation, User
from negotiations.rules.codes import Role


def role_of(person: User | None, negotiation: Negotiation | None) -> Role | None:
    """The person's role, or None without a seat."""
    if person is None or negotiation is None:
        return None
    role = (
        Membership.objects.filter(user=person, negotiation=negotiation, ended_at__isnull=True)
        .values_list("role", flat=True)
        .first()
    )
    return Role(role) if role else None
