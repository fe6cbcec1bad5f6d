"""Verbs on the seats of people in a negotiation."""

from __future__ import annotations

from negotiations.models import Membership, Negotiation, Organisation, User
from negotiations.rules.codes import Marking

from .act import Act
from .record import add, amend, writing


def grant_membership(
    *,
    act: Act,
    negotiation: Negotiation,
    user: User,
    organisation: Organisation,
    role: str,
    clearance: str = Marking.AMBER,
) -> Membership:
    """Seat a person: with a role, for an organisation, up to a marking."""
    seat = Membership(negotiation=negotiation, user=user, organisation=organisation, role=role, clearance=clearance)
    return add(seat, "membership.granted", act=act)


def change_membership(
    membership: Membership, *, act: Act, version: int | None, role: str, clearance: str
) -> Membership:
    return amend(membership, "membership.changed", act=act, version=version, role=role, clearance=clearance)


def end_membership(membership: Membership, *, act: Act, version: int | None) -> Membership:
    """Take the seat away from now on; what the person did stays under their name."""
    with writing(membership.negotiation, act) as record:
        saved = record.lock(membership, version)
        record.change(saved, "membership.ended", ended_at=record.effective_at)
        return saved
