"""Subscribing: what a person wants to be told, changed by that person alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, time, timedelta
from typing import Any
from zlib import crc32
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from negotiations.models import Negotiation, SavedView, Subscription, Tracked, User, Webhook
from negotiations.rules.alerts import end_of_quiet, is_kept_quiet, next_due
from negotiations.rules.codes import AlertChannel, Rhythm, Role, Urgency
from negotiations.rules.errors import RuleError
from negotiations.rules.verbs import VERBS

from .roles import role_of
from .same_wishes import lock_wishes, refuse_twice

MOST = 200
# What falls due so soon in quiet hours broke them already.
LEAVING = timedelta(minutes=1)
WATCHED = frozenset({"negotiation", "phase", "condition", "dispute"})
# What a subscriber may change afterwards; what it is about stays as it is.
WISHES = frozenset(
    {
        "verbs", "least_urgency", "channel", "rhythm", "local_time", "weekday", "time_zone",
        "quiet_from", "quiet_until", "breaks_quiet", "tells_nothing",
    }
)  # fmt: skip
# Who works with the parties hears at once, but not at night; who analyses or reads, once a day.
AT_ONCE: dict[str, Any] = {
    "rhythm": Rhythm.AT_ONCE,
    "quiet_from": time(22),
    "quiet_until": time(7),
    "breaks_quiet": Urgency.URGENT,
}
DEFAULTS: dict[Role | None, dict[str, Any]] = {
    Role.LEAD: AT_ONCE,
    Role.MEDIATOR: AT_ONCE,
    Role.ANALYST: {"rhythm": Rhythm.DAILY},
    Role.READER: {"rhythm": Rhythm.DAILY},
    None: {"rhythm": Rhythm.DAILY},
}
# One statement, so that every place is the head of the same moment. A negotiation that comes later has
# no place yet and is told from its beginning.
BEGIN_AT_HEADS = """
    INSERT INTO negotiations_subscriptionplace (subscription_id, negotiation_id, seq)
    SELECT %(subscription)s, negotiation_id, head FROM negotiations_stream
    WHERE negotiation_id = %(negotiation)s OR (%(negotiation)s IS NULL AND negotiation_id IS NOT NULL)
    ON CONFLICT DO NOTHING
"""


class SubscriptionRefused(RuleError):
    """A subscription that cannot be kept as it was asked for."""

    code = "subscription_refused"


class SettingsMoved(RuleError):
    """Its owner changed it elsewhere after they opened it here; nothing was written."""

    code = "version_conflict"

    def __init__(self, *, opened: int, saved: int) -> None:
        super().__init__(_("You changed this alert elsewhere after you opened it here. Look at how it is now."))
        self.opened, self.saved = opened, saved


def subscribe(
    user: User,
    *,
    now: datetime,
    negotiation: Negotiation | None = None,
    subject: Tracked | None = None,
    view: SavedView | None = None,
    verbs: Iterable[str] = (),
    webhook: Webhook | None = None,
    **wishes: Any,
) -> Subscription:
    """Keep what a person wants to be told; nothing that happened before is told.

    `wishes` are the fields of WISHES; the others have their defaults, the zone is the person's own.
    Raises SubscriptionRefused, and WishedAlready for the very same again. The caller has seen to it that
    the person may see what they name.
    """
    wishes.setdefault("time_zone", user.time_zone)
    if webhook is not None:
        wishes |= {"channel": AlertChannel.WEBHOOK, "rhythm": Rhythm.AT_ONCE}
    subscription = Subscription(
        user=user, negotiation=negotiation, view=view, webhook=webhook, **_checked({"verbs": verbs, **wishes})
    )
    if subject is not None:
        _name_subject(subscription, subject)
    if view is not None and subscription.negotiation is None:
        subscription.negotiation = view.negotiation
    with transaction.atomic():
        # Two requests at once do not both find room for one more, nor both none that is the same.
        lock_wishes(user.pk)
        if Subscription.objects.filter(user=user, ended_at__isnull=True).count() >= MOST:
            raise SubscriptionRefused(_("You have as many subscriptions as can be kept. End one first."))
        _check_whole(subscription)
        refuse_twice(subscription)
        subscription.next_due_at = due_after(subscription, now)
        subscription.save(force_insert=True)
        begin_at_heads(subscription)
    return subscription


def change_subscription(
    subscription: Subscription, *, now: datetime, opened: int | None = None, **wishes: Any
) -> Subscription:
    """Change wishes of a subscription; what waits to be told is told by the new ones. Locks its
    owner and its row.

    Raises WishedAlready where another is the very same then, and SettingsMoved where its wishes
    are not those of the version it was opened at, if that is said.
    """
    with transaction.atomic():
        lock_wishes(subscription.user_id)
        saved = Subscription.objects.select_for_update(no_key=True, of=("self",)).get(pk=subscription.pk)
        if opened is not None and (present := version_of(saved)) != opened:
            raise SettingsMoved(opened=opened, saved=present)
        for name, value in _checked(wishes).items():
            setattr(saved, name, value)
        _check_whole(saved)
        refuse_twice(saved)
        saved.next_due_at = due_after(saved, now) or _at_once_after(saved, now)
        saved.save(update_fields=[*wishes, "next_due_at"])
    return saved


def version_of(subscription: Subscription) -> int:
    """Up to nine digits that stand for what its owner wishes: others where that is changed."""
    wishes = [(name, str(getattr(subscription, name))) for name in sorted(WISHES)]
    return crc32(repr(wishes).encode()) % 10**9


def pause_subscription(subscription: Subscription, *, now: datetime) -> Subscription:
    """Tell nothing until it is resumed; what happens meanwhile is told then, in one."""
    return _set(subscription, paused_at=now, next_due_at=None) if subscription.paused_at is None else subscription


def resume_subscription(subscription: Subscription, *, now: datetime) -> Subscription:
    """Go on where it was paused."""
    subscription.paused_at = None
    return _set(
        subscription, paused_at=None, next_due_at=due_after(subscription, now) or _at_once_after(subscription, now)
    )


def end_subscription(subscription: Subscription, *, now: datetime) -> Subscription:
    """Tell nothing more, for good; what is on its way is not sent. Ending twice is ending once."""
    return _set(subscription, ended_at=now, next_due_at=None) if subscription.ended_at is None else subscription


def watch(user: User, subject: Tracked, *, now: datetime) -> Subscription:
    """Subscribe to a negotiation, phase, condition or dispute as suits the person's role; once.

    By e-mail where the person has an address, else in the inbox. Returns the present one where it is
    watched already.
    """
    if (present := watching(user, subject)) is not None:
        return present
    negotiation: Negotiation = subject if isinstance(subject, Negotiation) else subject.negotiation  # type: ignore[attr-defined]
    return subscribe(
        user,
        now=now,
        negotiation=negotiation,
        subject=subject,
        channel=AlertChannel.EMAIL if user.email else AlertChannel.INBOX,
        **DEFAULTS[role_of(user, negotiation)],
    )


def unwatch(user: User, subject: Tracked, *, now: datetime) -> int:
    """End what `watch` began; returns how many alerts on it go on, which the person made otherwise."""
    for begun in _living_on(user, subject).filter(_as_watch_begins(user)):
        end_subscription(begun, now=now)
    return _living_on(user, subject).count()


def watching(user: User, subject: Tracked) -> Subscription | None:
    """The person's living subscription to all of an item by mail or inbox; None without one."""
    return _living_on(user, subject).filter(verbs=[]).order_by("pk").first()


def _living_on(user: User, subject: Tracked) -> QuerySet[Subscription]:
    living = Subscription.objects.filter(user=user, ended_at__isnull=True, view__isnull=True)
    living = living.exclude(channel=AlertChannel.WEBHOOK)
    if isinstance(subject, Negotiation):
        return living.filter(negotiation=subject, subject_type="")
    return living.filter(subject_type=subject.noun(), subject_id=subject.public_id)


def _as_watch_begins(user: User) -> Q:
    """Wishes as `watch` sets them, whichever role the person had then; the zone was their own."""
    names = ("least_urgency", "rhythm", "local_time", "weekday", "quiet_from", "quiet_until", "breaks_quiet")
    channels = (AlertChannel.EMAIL, AlertChannel.INBOX) if user.email else (AlertChannel.INBOX,)
    found = Q()
    for wishes in DEFAULTS.values():
        begun = Subscription(**wishes)
        found |= Q(**{name: getattr(begun, name) for name in names})
    return found & Q(verbs=[], tells_nothing=False, channel__in=channels)


def due_after(subscription: Subscription, after: datetime) -> datetime | None:
    """When its next window closes by the clock alone; None for one that entries make due, or that is at rest.

    An hourly one waits for the end of quiet hours. Webhooks are told entry by entry and have no windows.
    """
    is_at_rest = subscription.paused_at is not None or subscription.ended_at is not None
    if is_at_rest or subscription.channel == AlertChannel.WEBHOOK or subscription.rhythm == Rhythm.AT_ONCE:
        return None
    due = in_rhythm_after(subscription, after)
    return quiet_ends(subscription, due) or due


def in_rhythm_after(subscription: Subscription, after: datetime) -> datetime:
    """The next moment of its rhythm, as if there were no quiet hours."""
    return next_due(
        subscription.rhythm,
        local_time=subscription.local_time,
        weekday=subscription.weekday,
        zone=ZoneInfo(subscription.time_zone),
        after=after,
    )


def quiet_ends(subscription: Subscription, at: datetime) -> datetime | None:
    """When the quiet hours end that hold it back at a moment; None where none do."""
    if not is_kept_quiet(subscription.rhythm):
        return None
    zone = ZoneInfo(subscription.time_zone)
    return end_of_quiet(at, quiet_from=subscription.quiet_from, quiet_until=subscription.quiet_until, zone=zone)


def begin_at_heads(subscription: Subscription) -> None:
    """Have its first window begin after what every negotiation it is about holds now."""
    with connection.cursor() as cursor:
        cursor.execute(BEGIN_AT_HEADS, {"subscription": subscription.pk, "negotiation": subscription.negotiation_id})


def _at_once_after(subscription: Subscription, now: datetime) -> datetime | None:
    """Whoever is told at once gets what waited since without waiting for the next entry, in quiet hours at their end.

    What broke these already, and is about to leave, leaves.
    """
    is_at_rest = subscription.paused_at is not None or subscription.ended_at is not None
    if is_at_rest or subscription.channel == AlertChannel.WEBHOOK:
        return None
    if (quiet_end := quiet_ends(subscription, now)) is None:
        return now
    present = subscription.next_due_at
    return present if present is not None and present <= now + LEAVING else quiet_end


def _name_subject(subscription: Subscription, subject: Tracked) -> None:
    if subject.noun() not in WATCHED:
        raise SubscriptionRefused(_("Watch a negotiation, a phase, a condition or a dispute."))
    if isinstance(subject, Negotiation):
        subscription.negotiation = subject
        return
    subscription.negotiation = subject.negotiation  # type: ignore[attr-defined]  # every watched kind is of one
    subscription.subject_type, subscription.subject_id = subject.noun(), subject.public_id


def _checked(wishes: Mapping[str, Any]) -> dict[str, Any]:
    """The wishes as the columns take them; raises SubscriptionRefused for a verb nobody knows."""
    if unknown := wishes.keys() - WISHES:
        raise TypeError(f"a subscription has no {', '.join(sorted(unknown))}")
    found = dict(wishes)
    if "verbs" in found:
        found["verbs"] = sorted(set(found["verbs"]))
        if set(found["verbs"]) - VERBS.keys():
            raise SubscriptionRefused(
                _("Choose kinds of changes from the list."),
                fields={"verbs": _("Choose kinds of changes from the list.")},
            )
    return found


def _check_whole(subscription: Subscription) -> None:
    if (subscription.quiet_from is None) != (subscription.quiet_until is None):
        raise SubscriptionRefused(
            _("Give both the beginning and the end of quiet hours, or neither."),
            fields={"quiet_until": _("Give both the beginning and the end of quiet hours, or neither.")},
        )
    if subscription.quiet_from is not None and subscription.quiet_from == subscription.quiet_until:
        same = _("Quiet hours end at another time than they begin. Leave both empty for none.")
        raise SubscriptionRefused(same, fields={"quiet_until": same})
    if subscription.tells_nothing and subscription.rhythm == Rhythm.AT_ONCE:
        digest = _("Only a digest can say that nothing changed: choose another rhythm, or leave this out.")
        raise SubscriptionRefused(digest, fields={"tells_nothing": digest})
    try:
        subscription.full_clean(exclude=["user", "negotiation", "view", "webhook"])
    except ValidationError as invalid:
        fields = {name: " ".join(words) for name, words in invalid.message_dict.items()}
        raise SubscriptionRefused(" ".join(fields.values()), fields=fields) from None


def _set(subscription: Subscription, **values: Any) -> Subscription:
    """Set columns of the row and of the object at hand."""
    Subscription.objects.filter(pk=subscription.pk).update(**values)
    for name, value in values.items():
        setattr(subscription, name, value)
    return subscription
