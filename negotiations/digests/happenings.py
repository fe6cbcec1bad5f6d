"""The entries of one window of a record that a mail may tell, and how many narrower ones it only counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import QuerySet

from negotiations.models import Entry, Subscription
from negotiations.rules.marking import Viewer
from negotiations.selectors.asked_for import asked_for
from negotiations.selectors.entry_lines import with_payload


@dataclass(frozen=True, slots=True)
class Range:
    """A stretch of one negotiation's record: after one number, up to and with another; internal."""

    negotiation: int
    after: int
    upto: int

    def entries(self, viewer: Viewer) -> QuerySet[Entry]:
        """Its entries that the viewer may see, in the order of the record."""
        rows = Entry.objects.visible_to(viewer).filter(negotiation=self.negotiation)
        return rows.filter(seq__gt=self.after, seq__lte=self.upto).order_by("seq")


def ranges_of(ranges: dict[str, list[int]]) -> list[Range]:
    """The ranges of a delivery in a fixed order."""
    found = [Range(int(negotiation), after, upto) for negotiation, (after, upto) in ranges.items()]
    return sorted(found, key=lambda one: one.negotiation)


def wanted_in(window: Range, viewer: Viewer, subscription: Subscription) -> list[Entry]:
    """What the subscription asks for of a window, as far as the viewer sees it, oldest first."""
    return list(with_payload(asked_for(subscription, window.entries(viewer))).select_related("access"))


@dataclass(frozen=True, slots=True)
class Counted:
    """How many entries are only counted, and the day from which on they became known; no more is read of them."""

    count: int = 0
    since: datetime | None = None


def only_counted(window: Range, viewer: Viewer, subscription: Subscription, told: Iterable[int]) -> Counted:
    """The wanted entries that the viewer sees beyond those that may be told, as a number."""
    rows = asked_for(subscription, window.entries(viewer)).exclude(pk__in=list(told))
    moments = list(rows.values_list("recorded_at", flat=True))
    # The hour would tell more of them than that they are there.
    day = min(moments).astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0) if moments else None
    return Counted(len(moments), day)
