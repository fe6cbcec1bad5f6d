"""Verbs on invitations: offer a seat by mail, take the offer back, take the seat."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime
from smtplib import SMTPException

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from negotiations.models import Invitation, Membership, Negotiation, Organisation, User
from negotiations.rules.codes import Marking, Role
from negotiations.rules.errors import NotPermitted, RuleError
from negotiations.rules.invitation import STANDS_FOR, digest_of
from negotiations.rules.marking import check_given

from .act import Act
from .mail import written
from .membership import grant_membership
from .roles import seat_of


class InvitationOver(RuleError):
    """The invitation expired, was withdrawn or taken, or whoever sent it may not invite any more."""

    code = "invitation_over"


def invite(
    *,
    act: Act,
    negotiation: Negotiation,
    email: str,
    organisation: Organisation,
    role: str,
    clearance: str = Marking.AMBER,
    language: str = "en",
    link: Callable[[str], str],
) -> Invitation:
    """Offer a seat to whoever reads mail at an address; `link` makes the address of a secret.

    An earlier offer to the same address is withdrawn. Whether somebody with that address has an account
    is told to nobody. Raises RuleError when the mail cannot be sent, and then nothing is offered.
    """
    assert act.actor is not None  # noqa: S101  an invitation is a person's
    check_given(clearance, seat_of(act.actor, negotiation))
    now, secret = timezone.now(), secrets.token_urlsafe(32)
    offer = Invitation(
        negotiation=negotiation,
        email=email.strip(),
        organisation=organisation,
        role=role,
        clearance=clearance,
        invited_by=act.actor,
        reason=act.reason,
        digest=digest_of(secret),
        created_at=now,
        expires_at=now + STANDS_FOR,
    )
    offer.clean_fields(exclude=["withdrawn_at", "taken_at", "taken_by"])
    with transaction.atomic():
        earlier = Invitation.objects.filter(negotiation=negotiation, email__iexact=offer.email)
        earlier.filter(taken_at__isnull=True, withdrawn_at__isnull=True).update(withdrawn_at=now)
        offer.save(force_insert=True)
        _send(offer, link(secret), language)
    return offer


def withdraw_invitation(offer: Invitation) -> None:
    """Take the offer back; one taken or withdrawn already stays as it is."""
    standing = Invitation.objects.filter(pk=offer.pk, taken_at__isnull=True, withdrawn_at__isnull=True)
    standing.update(withdrawn_at=timezone.now())


def take_seat(offer: Invitation, user: User, *, now: datetime) -> Membership:
    """Seat the person as the invitation offers, told in the record as the inviter's grant.

    Locks the invitation, so that it is taken once. Raises InvitationOver, or RuleError for somebody
    who has a seat here already.
    """
    with transaction.atomic():
        offer = Invitation.objects.select_for_update(of=("self",)).select_related("negotiation").get(pk=offer.pk)
        check_standing(offer, now)
        seat = grant_membership(
            act=Act(actor=offer.invited_by, reason=offer.reason),
            negotiation=offer.negotiation,
            user=user,
            organisation=offer.organisation,
            role=offer.role,
            clearance=offer.clearance,
        )
        offer.taken_at, offer.taken_by = now, user
        offer.save(update_fields=["taken_at", "taken_by"])
        return seat


def check_standing(offer: Invitation, now: datetime) -> None:
    """Raise InvitationOver unless the offer still stands; it falls with the seat of whoever made it."""
    is_open = offer.taken_at is None and offer.withdrawn_at is None and offer.expires_at > now
    giver = seat_of(offer.invited_by, offer.negotiation)
    if not is_open or giver is None or giver.role != Role.LEAD:
        raise InvitationOver(_("This invitation is no longer open. Ask whoever sent it for a new one."))
    try:
        check_given(offer.clearance, giver)
    except RuleError as refused:
        raise NotPermitted(refused.message) from None


def _send(offer: Invitation, link: str, language: str) -> None:
    """Write to the address, in the language of the account behind it where there is one.

    The mail names neither the negotiation nor what it is about: that is for who opens the link.
    """
    known = User.objects.filter(email__iexact=offer.email, is_active=True).first()
    language = known.language if known else language
    mail = written("account/email/invitation", offer.email, language, offer=offer, link=link)
    try:
        mail.send()
    except (SMTPException, OSError):
        raise RuleError(_("The mail could not be sent; nothing was offered. Try again later."), code="unsent") from None
