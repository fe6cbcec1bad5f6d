"""Where a follower of the record stands: a signed word that names the last thing its reader saw."""

from __future__ import annotations

import hashlib
from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext as _

from negotiations.models import Entry, Negotiation, Tombstone
from negotiations.rules.errors import RuleError
from negotiations.rules.marking import Viewer


class CursorRefused(RuleError):
    """Not a cursor of this record, or one that was made for somebody else."""

    code = "invalid_cursor"


class CursorOutdated(RuleError):
    """The reader may see more or less than when the cursor was made, also of what lies before it."""

    code = "cursor_outdated"


def cursor_at(negotiation: Negotiation, viewer: Viewer, last: UUID | None) -> str:
    """The cursor after an entry or tombstone, None for the beginning; the same for the same place.

    It names what its reader has seen: neither numbers nor what is hidden in between.
    """
    place = {"after": str(last) if last else "", "scope": scope_of(negotiation, viewer)}
    return signer_for(negotiation, viewer).sign_object(place)


def read_cursor(negotiation: Negotiation, viewer: Viewer, cursor: str) -> tuple[int, UUID | None]:
    """The number in the stream, and the public id, of what the cursor stands after; 0 and None for the beginning.

    What it names may be hidden from its reader by now; the place stays good.
    """
    if not cursor:
        return 0, None
    try:
        place = signer_for(negotiation, viewer).unsign_object(cursor)
        after, scope = str(place["after"]), place["scope"]
        last = UUID(after) if after else None
    except (BadSignature, ValueError, KeyError, TypeError):
        raise refused() from None
    if scope != scope_of(negotiation, viewer):
        message = _("What you may see here has changed since this cursor was made; follow again from the beginning.")
        raise CursorOutdated(message, fields={"after": message})
    return (seq_of(negotiation, last), last) if last else (0, None)


def refused() -> CursorRefused:
    message = _("This cursor was not made for this record and reader; start again without it.")
    return CursorRefused(message, fields={"after": message})


def seq_of(negotiation: Negotiation, key: UUID) -> int:
    found = Entry.objects.filter(negotiation=negotiation, public_id=key).values_list("seq", flat=True).first()
    if found is None:
        lost = Tombstone.objects.filter(negotiation=negotiation, public_id=key)
        found = lost.values_list("told_by__seq", flat=True).first()
    if found is None:
        raise refused()
    return found


def signer_for(negotiation: Negotiation, viewer: Viewer) -> Signer:
    return Signer(salt=f"record:{viewer.user_id or 'anybody'}:{negotiation.public_id}")


def scope_of(negotiation: Negotiation, viewer: Viewer) -> str:
    """What decides which markings the reader sees here, in a few letters that say nothing to anybody."""
    seat = viewer.seat_in(negotiation.pk)
    facts = f"{viewer.is_member}:{seat.clearance}:{seat.organisation_id}" if seat else str(viewer.is_member)
    return hashlib.sha256(facts.encode()).hexdigest()[:8]
