"""What is the reader's own to check, across their negotiations: the longest unchecked first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from negotiations.models import Condition
from negotiations.rules import facts
from negotiations.rules.freshness import Freshness, ages
from negotiations.rules.marking import Viewer
from negotiations.rules.permissions import may

from .reckoning import FreshLine, fact, fresh_line, status_label
from .words import Words, words_of

MOST = 12


@dataclass(frozen=True, slots=True)
class YoursLine:
    """A condition the reader keeps current, with what a single tap needs.

    `retracted` names sources taken back under its status.
    """

    slug: str
    negotiation: Words
    ref: str
    title: Words
    status: str
    status_label: str
    marking: str
    fresh: FreshLine
    version: int
    where: str
    retracted: tuple[str, ...]


def yours_to_check(viewer: Viewer, now: datetime, shaken: Mapping[UUID, tuple[str, ...]]) -> list[YoursLine]:
    """One query; empty for whoever is not signed in or may not record a check.

    `shaken` holds the refs of retracted sources under statuses, by public id.
    """
    mine = [pk for pk, seat in viewer.seats.items() if may(seat.role, "condition.checked")]
    if not mine:
        return []
    rows = Condition.objects.visible_to(viewer).filter(owner=viewer.user_id, negotiation__in=mine)
    live = rows.filter(negotiation__coverage_end__isnull=True).select_related("negotiation").order_by("pk")
    due = [
        (row, found) for row in live if (found := ages(fact(facts.Condition, row, obligors=()), at=now)).state in DUE
    ]
    due.sort(key=lambda pair: (pair[1].checked_at is not None, pair[1].checked_at or now, pair[0].pk))
    return [
        _line(row, fresh_line(found, row.checked_where), shaken.get(row.public_id, ())) for row, found in due[:MOST]
    ]


DUE = (Freshness.DUE, Freshness.STALE)


def _line(row: Condition, fresh: FreshLine, retracted: tuple[str, ...]) -> YoursLine:
    return YoursLine(
        slug=row.negotiation.slug,
        negotiation=words_of(row.negotiation, "title"),
        ref=row.ref,
        title=words_of(row, "title"),
        status=row.status,
        status_label=status_label(row),
        marking=row.marking,
        fresh=fresh,
        version=row.version,
        where=row.checked_where,
        retracted=retracted,
    )
