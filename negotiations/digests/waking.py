"""Subscriptions that are told at once, or hourly through quiet hours: each entry makes those due that it concerns."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils import timezone

from negotiations.models import Citation, Delivery, Entry, Subscription
from negotiations.rules.alerts import breaks_quiet, reached_by, urgency_of
from negotiations.rules.codes import AlertChannel, Rhythm
from negotiations.selectors.matching import RETRACTED, is_wanted, watched_by
from negotiations.services.subscription import in_rhythm_after, quiet_ends

from .chasing import OUT, ended

# What happens together is told together: a desk records several things in a row.
GATHERED = timedelta(seconds=15)
# Nobody closes a window that falls due later than this, even where two machines' clocks differ.
APART = timedelta(seconds=5)
# The soonest moment counts; a window that closes meanwhile takes the entry along and leaves nothing due.
MAKE_DUE = """
    UPDATE negotiations_subscription AS one SET next_due_at = least(one.next_due_at, due.at)
    FROM unnest(%s::bigint[], %s::timestamptz[]) AS due (id, at)
    WHERE one.id = due.id AND one.ended_at IS NULL AND one.paused_at IS NULL
"""


def wake(entry: Entry) -> None:
    """Make every subscription due that is told at once and that an entry concerns: a consumer of the outbox.

    Safe to repeat. In quiet hours it falls due when they end, unless the entry's urgency breaks them;
    one that is told hourly then falls due at the hour.
    Whether there is something to tell is decided when it is told, under the rights of that moment.
    """
    if entry.negotiation_id is None:
        return
    payload = getattr(entry, "payload", None)
    urgency, now = urgency_of(entry.verb, payload.changes if payload else {}), timezone.now()
    asleep = _asleep(now)
    woken = {one.pk: one for one in [*_concerned(asleep, entry, urgency), *_chased(asleep, entry)]}
    if woken:
        _make_due(woken.values(), urgency, now)


def due_at_once(subscription: Subscription, urgency: str, now: datetime) -> datetime:
    """When what happened now is told: after a short while or at the hour, or when quiet hours end."""
    is_at_once = subscription.rhythm == Rhythm.AT_ONCE
    soon = now + GATHERED if is_at_once else in_rhythm_after(subscription, now)
    quiet_end = quiet_ends(subscription, now if is_at_once else soon)
    if quiet_end is None or breaks_quiet(urgency, subscription.breaks_quiet):
        return soon
    return max(soon, quiet_end)


def _concerned(asleep: QuerySet[Subscription], entry: Entry, urgency: str) -> Iterable[Subscription]:
    here = asleep.filter(
        Q(negotiation__isnull=True) | Q(negotiation=entry.negotiation_id),
        Q(verbs=[]) | Q(verbs__contains=[entry.verb]),
        least_urgency__in=reached_by(urgency),
    )
    here = here.filter(Q(subject_id__isnull=True) | Q(subject_id__in=watched_by(entry)))
    yield from here.filter(view__isnull=True)
    for one in here.filter(view__isnull=False).select_related("view"):
        if is_wanted(one, entry):
            yield one


def _chased(asleep: QuerySet[Subscription], entry: Entry) -> Iterable[Subscription]:
    """Whoever was sent what this entry takes back, by whichever subscription and whatever they asked for."""
    if entry.verb == RETRACTED:
        originals = list(Citation.objects.filter(source__public_id=entry.subject_id).values_list("entry_id", flat=True))
    else:
        originals = [entry.supersedes_id] if entry.supersedes_id is not None else []
    if not originals:
        return []
    here = asleep.filter(Q(negotiation__isnull=True) | Q(negotiation=entry.negotiation_id))
    sent = Delivery.objects.filter(edition__told__overlap=originals, state__in=OUT)
    readers = set(sent.values_list("user_id", "channel").distinct())
    gone = {user for user, _channel in ended(readers)}
    reached = here.filter(user__in={user for user, _channel in readers})
    return [one for one in reached if one.user_id in gone or (one.user_id, one.channel) in readers]


def _asleep(now: datetime) -> QuerySet[Subscription]:
    """Subscriptions told at once, without those woken a moment ago: a burst of entries wakes each once.

    One that is due already stays among them: its window may be closing without this entry. Those told
    hourly are among them where something may break their quiet hours.
    """
    broken = Q(rhythm=Rhythm.HOURLY, quiet_from__isnull=False) & ~Q(breaks_quiet="")
    living = Subscription.objects.filter(ended_at__isnull=True, paused_at__isnull=True)
    living = living.filter(Q(rhythm=Rhythm.AT_ONCE) | broken)
    woken = Q(next_due_at__gt=now + APART, next_due_at__lte=now + GATHERED)
    return living.exclude(channel=AlertChannel.WEBHOOK).exclude(woken)


def _make_due(subscriptions: Iterable[Subscription], urgency: str, now: datetime) -> None:
    # In order of their keys, so that two sweeps at once do not wait for each other in a circle.
    rows = sorted((one.pk, due_at_once(one, urgency, now)) for one in subscriptions)
    with connection.cursor() as cursor:
        cursor.execute(MAKE_DUE, [list(column) for column in zip(*rows, strict=True)])
