"""Keeping filters under a name, at one's own desk."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from negotiations.models import Negotiation, SavedView, Subscription, User
from negotiations.rules.codes import ViewPage
from negotiations.rules.errors import RuleError

from .subscription import end_subscription

MOST = 60


class ViewRefused(RuleError):
    """A view cannot be kept under this name."""

    code = "view_refused"


def save_view(*, user: User, name: str, page: str, query: str, negotiation: Negotiation | None = None) -> SavedView:
    """Keep a list with its filters; raises ViewRefused for a name that is empty, taken, or one too many."""
    if SavedView.objects.filter(user=user, deleted_at__isnull=True).count() >= MOST:
        raise ViewRefused(_("You have as many saved views as can be kept. Delete one first."))
    view = SavedView(user=user, name=_named(name), page=ViewPage(page), query=query[:1000], negotiation=negotiation)
    _keep(view)
    return view


def rename_view(view: SavedView, *, name: str) -> None:
    """Give a view another name; raises ViewRefused for one that is empty or taken."""
    view.name = _named(name)
    _keep(view)


def delete_view(view: SavedView, *, now: datetime) -> int:
    """Take a view away and end the alerts on it; returns how many these were. Locks its row.

    One that an alert was ever about is kept out of sight, so that what was told of it can still be read.
    """
    with transaction.atomic():
        saved = SavedView.objects.select_for_update().filter(pk=view.pk, deleted_at__isnull=True).first()
        if saved is None:
            return 0
        alerts = list(Subscription.objects.filter(view=saved))
        living = [alert for alert in alerts if alert.ended_at is None]
        for alert in living:
            end_subscription(alert, now=now)
        if alerts:
            saved.deleted_at = now
            saved.save(update_fields=["deleted_at"])
        else:
            saved.delete()
    return len(living)


def _named(name: str) -> str:
    found = " ".join(name.replace("\x00", "").split())[:120]
    if not found:
        raise ViewRefused(_("Give the view a name."))
    return found


def _keep(view: SavedView) -> None:
    try:
        with transaction.atomic():
            view.save()
    except IntegrityError:
        raise ViewRefused(_("You already have a view with this name.")) from None
