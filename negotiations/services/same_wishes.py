"""One wish is kept once: who asks for the very same again would be told everything twice."""

from __future__ import annotations

from django.utils.translation import gettext as _

from negotiations.models import Subscription, User
from negotiations.rules.alerts import is_kept_quiet
from negotiations.rules.codes import Rhythm
from negotiations.rules.errors import RuleError
from negotiations.selectors.subscription_words import sentence_of

BY_THE_CLOCK = (Rhythm.DAILY, Rhythm.WEEKDAYS, Rhythm.WEEKLY)
# What it is about, and by which way it is told.
ABOUT = ("user_id", "negotiation_id", "subject_type", "subject_id", "view_id", "channel", "webhook_id", "rhythm")


class WishedAlready(RuleError):
    """The person has this very wish already: `present`."""

    code = "already_there"

    def __init__(self, present: Subscription) -> None:
        super().__init__(_("You have this alert already: %(sentence)s.") % {"sentence": sentence_of(present)})
        self.present = present


def lock_wishes(user_id: int) -> None:
    """Have nobody else keep or change a wish of the person until the transaction ends."""
    User.objects.select_for_update(no_key=True).get(pk=user_id)


def refuse_twice(wish: Subscription) -> None:
    """Raise WishedAlready where a living wish tells of the same in the same way; their owner's are locked."""
    about = {name: getattr(wish, name) for name in ABOUT}
    others = Subscription.objects.filter(**about, ended_at__isnull=True).exclude(pk=wish.pk).order_by("pk")
    if present := next((one for one in others if _told(one) == _told(wish)), None):
        raise WishedAlready(present)


def _told(wish: Subscription) -> tuple[object, ...]:
    """What is told and when, without the hours and days that mean nothing in its rhythm."""
    is_clocked = wish.rhythm in BY_THE_CLOCK
    has_quiet = wish.quiet_from is not None and is_kept_quiet(wish.rhythm)
    return (
        sorted(wish.verbs),
        wish.least_urgency,
        wish.is_told_nothing,
        wish.local_time if is_clocked else None,
        wish.weekday if wish.rhythm == Rhythm.WEEKLY else None,
        wish.time_zone if is_clocked or has_quiet else None,
        (wish.quiet_from, wish.quiet_until, wish.breaks_quiet) if has_quiet else None,
    )
