"""Taking back again, in a restored database, what was taken back after its backup."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from negotiations.models import CalendarKey, Entry, Membership, SharedBrief, Token

from .act import Act
from .ledger import SEAT, Revoked
from .membership import is_last_lead
from .record import writing


def obey_revoked(line: Revoked) -> int:
    """Take back what a line of the ledger names; returns how many rights went.

    None where it is gone already, is younger than the backup, or was given again after the line. A
    negotiation keeps its last lead: somebody has to be able to give the role on.
    """
    if line.revoked == SEAT:
        return _end_seat(line)
    now = timezone.now()
    match line.revoked:
        case "token":
            return Token.objects.filter(digest=line.key, revoked_at__isnull=True).update(revoked_at=now)
        case "shared_brief":
            return SharedBrief.objects.filter(digest=line.key, revoked_at__isnull=True).update(revoked_at=now)
    return CalendarKey.objects.filter(digest=line.key).delete()[0]


def _end_seat(line: Revoked) -> int:
    seat = Membership.objects.filter(public_id=line.key, ended_at__isnull=True).select_related("negotiation").first()
    if seat is None or is_last_lead(seat):
        return 0
    ended = datetime.fromisoformat(line.at)
    granted = Entry.objects.filter(subject_id=seat.public_id, verb="membership.granted", inserted_at__gt=ended)
    if granted.exists():
        return 0
    why = f"This seat was ended on {line.at[:10]}; a backup from before was restored."
    act = Act(actor=None, reason=why, no_source_reason="The ledger beside the backup says so.")
    with writing(seat.negotiation, act) as record:
        # The ledger has its line already.
        record.change(record.lock(seat, None), "membership.ended", ended_at=record.effective_at)
    return 1
