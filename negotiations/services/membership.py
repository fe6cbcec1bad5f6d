"""Verbs on the seats of people in a negotiation."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from negotiations.models import Membership, Negotiation, Organisation, User
from negotiations.rules.codes import Marking, Role
from negotiations.rules.errors import RuleError
from negotiations.rules.marking import check_given

from .act import Act
from .ledger import SEAT, note_revoked, note_seat
from .record import Record, amend, writing
from .roles import seat_of


def grant_membership(
    *,
    act: Act,
    negotiation: Negotiation,
    user: User,
    organisation: Organisation,
    role: str,
    clearance: str = Marking.AMBER,
) -> Membership:
    """Seat a person: with a role, for an organisation, up to a marking.

    A seat that ended is granted again, with its history. Raises RuleError for somebody who has one,
    MarkingRefused for a clearance above the giver's own.
    """
    check_given(clearance, seat_of(act.actor, negotiation))
    with writing(negotiation, act) as record:
        earlier = Membership.objects.filter(negotiation=negotiation, user=user).first()
        if earlier is not None:
            return _grant_again(record, earlier, organisation=organisation, role=role, clearance=clearance)
        seat = Membership(negotiation=negotiation, user=user, organisation=organisation, role=role, clearance=clearance)
        return record.create(seat, "membership.granted")


def _grant_again(record: Record, earlier: Membership, **values: Any) -> Membership:
    saved = record.lock(earlier, None)
    if saved.ended_at is None:
        raise RuleError(_("This person has a seat here already."), code="seat_taken")
    record.change(saved, "membership.granted", ended_at=None, **values)
    return saved


def change_membership(
    membership: Membership, *, act: Act, version: int | None, role: str, clearance: str
) -> Membership:
    """Change what a seat may do and see. Refuses a clearance above the giver's own, and the last lead's step down."""
    check_given(clearance, seat_of(act.actor, membership.negotiation))
    if role != Role.LEAD:
        _check_other_lead(membership)
    seat = amend(membership, "membership.changed", act=act, version=version, role=role, clearance=clearance)
    note_seat(seat.public_id, role=role, clearance=clearance)
    return seat


def end_membership(membership: Membership, *, act: Act, version: int | None) -> Membership:
    """Take the seat away from now on; what the person did stays under their name. The last lead stays."""
    with writing(membership.negotiation, act) as record:
        saved = record.lock(membership, version)
        _check_other_lead(saved)
        record.change(saved, "membership.ended", ended_at=record.effective_at)
        note_revoked(SEAT, saved.public_id)
        return saved


def is_last_lead(membership: Membership) -> bool:
    """Whether the negotiation would be without a lead if this seat were another."""
    if membership.role != Role.LEAD or membership.ended_at is not None:
        return False
    leads = Membership.objects.filter(negotiation=membership.negotiation, role=Role.LEAD, ended_at__isnull=True)
    return not leads.exclude(pk=membership.pk).exists()


def _check_other_lead(membership: Membership) -> None:
    """Refuse to leave a negotiation that has a lead without one."""
    if is_last_lead(membership):
        raise RuleError(_("A negotiation keeps a lead: give somebody else this role first."), code="last_lead")
