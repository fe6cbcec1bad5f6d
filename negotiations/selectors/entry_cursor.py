"""The place in a list of entries where a page ends, newest known first: it holds nothing but a public id."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.core import signing
from django.db.models import Q, QuerySet

from negotiations.models import Entry

NEWEST_KNOWN = ("-recorded_at", "-seq")
CHUNK = 500


class EntryCursor:
    """Signs where the pages of one list end, without a time in it, so that the same page has the same bytes."""

    def __init__(self, name: str) -> None:
        self.signer = signing.Signer(salt=name)

    def after(self, public_id: UUID) -> str:
        return self.signer.sign(str(public_id))

    def older(self, entries: QuerySet[Entry], cursor: str) -> QuerySet[Entry]:
        """Those of the list that come after the cursor; all of them where it cannot be read, or names none of them."""
        last = self._last(entries, cursor) if cursor else None
        if last is None:
            return entries
        return entries.filter(Q(recorded_at__lt=last.recorded_at) | Q(recorded_at=last.recorded_at, seq__lt=last.seq))

    def chunks(self, entries: QuerySet[Entry]) -> Iterator[list[Entry]]:
        """The whole list, newest known first, at most CHUNK at a time, however long it is."""
        after, size = "", CHUNK
        while size == CHUNK:
            some = list(self.older(entries, after).order_by(*NEWEST_KNOWN)[:CHUNK])
            if some:
                yield some
                after = self.after(some[-1].public_id)
            size = len(some)

    def _last(self, entries: QuerySet[Entry], cursor: str) -> Entry | None:
        try:
            key = UUID(self.signer.unsign(cursor))
        except (signing.BadSignature, ValueError):
            return None
        return entries.filter(public_id=key).first()
