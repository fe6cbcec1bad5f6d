"""The role a person holds in a negotiation now."""

from __future__ import annotations

from negotiations.models import Membership, Negotiation, User
from negotiations.rules.codes import Marking, Role
from negotiations.rules.marking import Seat


def role_of(person: User | None, negotiation: Negotiation | None) -> Role | None:
    """The person's role, or None without a seat."""
    seat = seat_of(person, negotiation)
    return seat.role if seat else None


def seat_of(person: User | None, negotiation: Negotiation | None) -> Seat | None:
    """The person's seat as the rules need it, or None without one."""
    if person is None or negotiation is None:
        return None
    held = Membership.objects.filter(user=person, negotiation=negotiation, ended_at__isnull=True).first()
    return Seat(Role(held.role), Marking(held.clearance), held.organisation_id) if held else None
