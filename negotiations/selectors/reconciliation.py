"""Whether alerts add up: every window has one outcome, windows join, and what was wanted of a window was told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Count, QuerySet, Sum

from negotiations.models import Books, Delivery, Entry, Subscription
from negotiations.rules.alerts import reaches, urgency_of
from negotiations.rules.codes import OPEN_DELIVERIES, DeliveryState
from negotiations.rules.marking import Viewer

from .matching import wanted_entries

# Each stretch of new windows beside the one before it, which the key of (subscription, window) finds.
# A restore of a backup begins all windows anew: what it skipped is meant.
GAPS = """
    SELECT count(*)
    FROM negotiations_delivery AS made CROSS JOIN LATERAL jsonb_each(made.ranges) AS stretch
    CROSS JOIN LATERAL (
        SELECT (earlier.ranges -> stretch.key ->> 1)::bigint AS upto, earlier.made_at
        FROM negotiations_delivery AS earlier
        WHERE earlier.subscription_id = made.subscription_id AND earlier."window" < made."window"
          AND earlier.ranges ? stretch.key
        ORDER BY earlier."window" DESC LIMIT 1
    ) AS before
    WHERE made.id > %s AND (%s::bigint IS NULL OR made.id <= %s)
      AND (stretch.value ->> 0)::bigint <> before.upto AND NOT EXISTS (
        SELECT FROM negotiations_fence WHERE since > before.made_at AND since <= made.made_at
    )
"""


@dataclass(frozen=True, slots=True)
class Balance:
    """How many windows were closed and what became of them.

    `gaps` are windows that do not begin where the one before ended; `late` are deliveries that are on
    their way for longer than they should be.
    """

    made: int
    by_state: Mapping[str, int]
    gaps: int = 0
    late: int = 0

    @property
    def open(self) -> int:
        return sum(self.by_state.get(state, 0) for state in OPEN_DELIVERIES)

    @property
    def settled(self) -> int:
        return sum(self.by_state.get(state, 0) for state in DeliveryState if state not in OPEN_DELIVERIES)

    @property
    def is_even(self) -> bool:
        """Whether every window has exactly one outcome or is on its way, and none is missing or out of place."""
        return self.made == self.settled + self.open and self.gaps == 0


def balance(*, late_before: datetime | None = None) -> Balance:
    """The balance of all deliveries by mail and inbox: five queries.

    `made` is counted where windows are numbered, not where they are kept, so that one that vanished is
    missed. Whether windows join is read of those alone that came since the books were last looked
    through. `late_before` is when what is on its way should have been settled.
    """
    rows = Delivery.objects.values_list("state").annotate(Count("pk")).order_by()
    late = on_their_way().filter(due_at__lt=late_before).count() if late_before else 0
    closed = Subscription.objects.aggregate(total=Sum("last_window"))["total"] or 0
    looked_upto, found = Books.objects.values_list("upto", "gaps").first() or (0, 0)
    return Balance(made=closed, by_state=dict(rows), gaps=found + gaps_between(looked_upto, None), late=late)


def on_their_way() -> QuerySet[Delivery]:
    """The deliveries that are not settled, by the index of those alone."""
    return Delivery.objects.filter(settled_at__isnull=True, state__in=OPEN_DELIVERIES)


def gaps_between(after: int, upto: int | None) -> int:
    """How many windows of deliveries after one key, and up to another, do not begin where the one before ended."""
    with connection.cursor() as cursor:
        cursor.execute(GAPS, [after, upto, upto])
        (gaps,) = cursor.fetchone()
    return int(gaps)


def untold(delivery: Delivery, viewer: Viewer) -> list[int]:
    """Entries of a delivery's window that its recipient asked for and may see, and that were not in it.

    Empty for one that told all of it. By the rights given, so that of somebody who was cleared since
    it says what they could not be told then.
    """
    told, least = delivery.told, delivery.subscription.least_urgency
    missing: list[int] = []
    for negotiation, (after, upto) in delivery.ranges.items():
        stretch = Entry.objects.visible_to(viewer).filter(negotiation=negotiation, seq__gt=after, seq__lte=upto)
        wanted = wanted_entries(delivery.subscription, stretch).exclude(pk__in=told).select_related("payload")
        missing += [
            entry.pk
            for entry in wanted.order_by("seq")
            if reaches(urgency_of(entry.verb, entry.payload.changes), least)
        ]
    return missing
