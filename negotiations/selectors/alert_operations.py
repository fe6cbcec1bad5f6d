"""How the sending of alerts goes, for administrators: counts, ages and addresses, and no content."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Min, QuerySet
from django.db.models.functions import TruncDate

from negotiations.models import Delivery, OutboxRow, Suppression, WebhookDelivery
from negotiations.rules.codes import OPEN_DELIVERIES, AlertChannel, DeliveryState, DeliveryTrouble, Marking

from .reconciliation import Balance, balance, on_their_way
from .subscription_words import when_words

DAYS = 14
# What is on its way for longer than that is late: tries of what a server refuses for now last two days.
LATE_AFTER = timedelta(hours=1)
# The columns of the table; everything else is on its way.
SETTLED = (
    DeliveryState.SENT,
    DeliveryState.UNKNOWN,
    DeliveryState.FAILED,
    DeliveryState.NOTHING,
    DeliveryState.WITHHELD,
)


@dataclass(frozen=True, slots=True)
class DayLine:
    """What was made on one day for one channel, and what became of it."""

    on: date
    channel_label: str
    made: int
    settled: tuple[int, ...]
    open: int


@dataclass(frozen=True, slots=True)
class Oldest:
    """Since when the oldest of one channel has been on its way."""

    channel_label: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Operations:
    """Everything the page shows but its lists."""

    balance: Balance
    unaccounted: int
    days: tuple[DayLine, ...]
    oldest: tuple[Oldest, ...]
    outbox_waiting: int
    outbox_since: datetime | None


@dataclass(frozen=True, slots=True)
class UndecidedLine:
    """One delivery that waits for a decision: what kind of message it is and how it is marked, nothing it tells.

    `left_at` is when one of unknown outcome was handed over.
    """

    row: Delivery
    kind: str
    marking: str
    why: str
    left_at: datetime | None
    is_unknown: bool


def operations(now: datetime) -> Operations:
    """The state of sending; a number of queries that does not grow with deliveries."""
    whole = balance(late_before=now - LATE_AFTER)
    waiting = OutboxRow.objects.filter(done_at__isnull=True).aggregate(count=Count("pk"), since=Min("created_at"))
    return Operations(
        balance=whole,
        unaccounted=abs(whole.made - whole.settled - whole.open) + whole.gaps,
        days=tuple(_days(now)),
        oldest=tuple(_oldest()),
        outbox_waiting=waiting["count"],
        outbox_since=waiting["since"],
    )


def undecided_deliveries() -> QuerySet[Delivery]:
    """What waits for a person to decide, newest first: what failed, and what may have arrived."""
    return Delivery.objects.undecided().select_related("user", "subscription").order_by("-pk")


def undecided_line(row: Delivery) -> UndecidedLine:
    return UndecidedLine(
        row=row,
        kind=when_words(row.subscription),
        marking=Marking(row.marking).english if row.marking else "",
        why=trouble_words(row.trouble),
        left_at=(row.handed_at or row.begun_at) if row.state == DeliveryState.UNKNOWN else None,
        is_unknown=row.state == DeliveryState.UNKNOWN,
    )


def failed_to_webhooks() -> int:
    """How many deliveries to webhooks failed for good; their owners send them again."""
    return WebhookDelivery.objects.filter(state=DeliveryState.FAILED).count()


def suppressions() -> QuerySet[Suppression]:
    """The addresses that get no digests now, newest first."""
    return Suppression.objects.filter(lifted_at__isnull=True).order_by("-since", "-pk")


def trouble_words(trouble: str) -> str:
    """Why something was not sent, in words; what a server answered stands behind them."""
    code, _space, more = trouble.partition(" ")
    if code not in list(DeliveryTrouble):
        return trouble
    return f"{DeliveryTrouble(code).label} ({more})" if more else DeliveryTrouble(code).label


def _days(now: datetime) -> list[DayLine]:
    since = now - timedelta(days=DAYS)
    counts: defaultdict[tuple[date, str], dict[str, int]] = defaultdict(dict)
    rows = Delivery.objects.filter(made_at__gte=since).order_by().annotate(on=TruncDate("made_at"))
    for on, channel, state, count in rows.values_list("on", "channel", "state").annotate(count=Count("pk")):
        counts[on, channel][state] = count
    entries = WebhookDelivery.objects.filter(made_at__gte=since).order_by().annotate(on=TruncDate("made_at"))
    for on, state, count in entries.values_list("on", "state").annotate(count=Count("pk")):
        counts[on, AlertChannel.WEBHOOK][state] = count
    return [_day(on, channel, found) for (on, channel), found in sorted(counts.items(), reverse=True)]


def _day(on: date, channel: str, found: dict[str, int]) -> DayLine:
    return DayLine(
        on=on,
        channel_label=AlertChannel(channel).label,
        made=sum(found.values()),
        settled=tuple(found.get(state, 0) for state in SETTLED),
        open=sum(found.get(state, 0) for state in OPEN_DELIVERIES),
    )


def _oldest() -> list[Oldest]:
    rows = on_their_way().order_by("channel").values_list("channel")
    found = [Oldest(AlertChannel(channel).label, since) for channel, since in rows.annotate(since=Min("due_at"))]
    webhook = WebhookDelivery.objects.filter(state__in=OPEN_DELIVERIES).aggregate(since=Min("made_at"))["since"]
    return [*found, Oldest(AlertChannel.WEBHOOK.label, webhook)] if webhook else found
