"""Marking as seen: how far a reader has read in the record of a negotiation."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from negotiations.models import Entry, LastLook, Negotiation, User


def mark_seen(*, user: User, negotiation: Negotiation, upto: Entry | None, now: datetime, ends_visit: bool) -> None:
    """Move the reader's place to an entry they have seen, never back; None marks an empty record as seen.

    `ends_visit` says that the reader asked for it: then nothing counts as new any more. Otherwise the
    place before it is kept, so that this visit still shows what it came to see. Locks the row.
    """
    seq = upto.seq if upto else 0
    with transaction.atomic():
        look, is_new = LastLook.objects.select_for_update().get_or_create(
            user=user,
            negotiation=negotiation,
            defaults={"seq": seq, "seen_at": now, "was_seq": seq if ends_visit else 0},
        )
        if is_new:
            return
        reached = max(look.seq, seq)
        if ends_visit:
            look.was_seq, look.was_seen_at = reached, None
        elif reached > look.seq:
            look.was_seq, look.was_seen_at = look.seq, look.seen_at
        look.seq, look.seen_at = reached, now
        look.save(update_fields=["seq", "seen_at", "was_seq", "was_seen_at"])
