"""Taking back again, in a restored database, what was taken back and narrowed after its backup."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from negotiations.models import CalendarKey, Entry, Membership, SharedBrief, Token, User
from negotiations.rules.marking import rank
from negotiations.rules.permissions import least

from .act import Act
from .ledger import SEAT, AccountHeld, Held, Revoked, SeatHeld
from .membership import is_last_lead
from .record import writing

# What an account may have that can be taken from it.
RIGHTS = ("is_active", "is_staff", "is_superuser")


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


def obey_held(line: Held) -> int:
    """Leave a seat or an account with no more than a line of the ledger says; returns how many that narrowed.

    What the backup gives less of stays as it is there: a restore gives nobody more.
    """
    return _narrow_seat(line) if isinstance(line, SeatHeld) else _narrow_account(line)


def _narrow_account(line: AccountHeld) -> int:
    account = User.objects.filter(public_id=line.account).first()
    taken = [name for name in RIGHTS if getattr(account, name, False) and not getattr(line, name)]
    if account is None or not taken:
        return 0
    for name in taken:
        setattr(account, name, False)
    account.save(update_fields=taken)
    return 1


def _narrow_seat(line: SeatHeld) -> int:
    seat = Membership.objects.filter(public_id=line.seat, ended_at__isnull=True).select_related("negotiation").first()
    if seat is None or _was_told_since(seat, line.at):
        return 0
    role = seat.role if is_last_lead(seat) else least(seat.role, line.role)
    clearance = min(seat.clearance, line.clearance, key=rank)
    if (role, clearance) == (seat.role, seat.clearance):
        return 0
    why = f"This seat was narrowed on {line.at[:10]}; a backup from before was restored."
    with writing(seat.negotiation, _by_ledger(why)) as record:
        # The ledger has its line already.
        record.change(record.lock(seat, None), "membership.changed", role=role, clearance=clearance)
    return 1


def _end_seat(line: Revoked) -> int:
    seat = Membership.objects.filter(public_id=line.key, ended_at__isnull=True).select_related("negotiation").first()
    if seat is None or is_last_lead(seat):
        return 0
    if _was_told_since(seat, line.at, "membership.granted"):
        return 0
    why = f"This seat was ended on {line.at[:10]}; a backup from before was restored."
    with writing(seat.negotiation, _by_ledger(why)) as record:
        # The ledger has its line already.
        record.change(record.lock(seat, None), "membership.ended", ended_at=record.effective_at)
    return 1


def _was_told_since(seat: Membership, at: str, *verbs: str) -> bool:
    """Whether somebody decided on the seat after the line, in a backup that is younger than it."""
    told = Entry.objects.filter(subject_id=seat.public_id, inserted_at__gt=datetime.fromisoformat(at))
    return told.filter(verb__in=verbs or ("membership.granted", "membership.changed")).exists()


def _by_ledger(why: str) -> Act:
    return Act(actor=None, reason=why, no_source_reason="The ledger beside the backup says so.")
