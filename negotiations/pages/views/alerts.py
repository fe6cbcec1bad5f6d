"""A person's alerts: the list of what they asked to be told, a new one, changing, resting and ending them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from negotiations.access.viewer import viewer_for
from negotiations.models import Negotiation, Subscription
from negotiations.pages.forms.alert import NEGOTIATION, ChangeForm, NewForm, WishForm
from negotiations.pages.frame import Crumb, show
from negotiations.pages.once import keep_for, saved_once, see_other
from negotiations.pages.paging import paged
from negotiations.pages.posting import for_signed_in
from negotiations.pages.saving import signed_in
from negotiations.rules.codes import AlertChannel, Role, Urgency
from negotiations.rules.errors import RuleError
from negotiations.rules.marking import Viewer
from negotiations.selectors.subscription_words import alert_line, sentence_of
from negotiations.selectors.subscriptions import abouts, subscription_of, subscriptions_of
from negotiations.services.same_wishes import WishedAlready
from negotiations.services.subscription import (
    DEFAULTS,
    SettingsMoved,
    change_subscription,
    end_subscription,
    pause_subscription,
    resume_subscription,
    subscribe,
    version_of,
)

METHODS = ["GET", "HEAD", "POST"]
# Whose defaults stand on a new form that names no negotiation, of all the seats that somebody has.
BUSIEST_FIRST = (Role.LEAD, Role.MEDIATOR, Role.ANALYST, Role.READER)
Verb = Callable[..., Subscription]


@require_safe
@login_required
def alerts_page(request: HttpRequest) -> HttpResponse:
    viewer = viewer_for(request.user)
    mine = subscriptions_of(signed_in(request)).exclude(channel=AlertChannel.WEBHOOK)
    page = paged(request, mine)
    about = abouts(page.rows, viewer)
    context = {
        "lines": [alert_line(row, about[row.pk]) for row in page.rows],
        "list": page,
        "crumbs": crumbs(),
        "section": "alerts",
    }
    return show(request, "pages/alerts.html", context, viewer=viewer)


@require_http_methods(METHODS)
@for_signed_in
def new_alert(request: HttpRequest) -> HttpResponse:
    """Make one; the form begins with what suits the person's role."""
    viewer, person = viewer_for(request.user), signed_in(request)
    sent = request.POST if request.method == "POST" else None
    form = NewForm(sent, initial=first_wishes(request, viewer), person=person, viewer=viewer)

    def make(now: datetime) -> None:
        asked: dict[str, Any] = {"negotiation": form.negotiation, "subject": form.item, "view": form.view}
        subscribe(person, now=now, **asked, **form.wishes)

    if form.is_bound and form.is_valid() and _done(request, form, make):
        return see_other(reverse("alerts"))
    return _form_page(request, viewer, form, _("New alert"), _("Make the alert"))


@require_http_methods(METHODS)
@for_signed_in
def change_alert(request: HttpRequest, alert: UUID) -> HttpResponse:
    viewer, row = viewer_for(request.user), living(request, alert)
    sent = request.POST if request.method == "POST" else None
    form = ChangeForm(sent, person=signed_in(request), subscription=row)

    def change(now: datetime) -> None:
        change_subscription(row, now=now, opened=form.cleaned_data["version"], **form.wishes)

    is_moved = False
    try:
        if form.is_bound and form.is_valid() and _done(request, form, change):
            return see_other(reverse("alerts"))
    except SettingsMoved:
        is_moved = True
        said = _(
            "You changed this alert elsewhere meanwhile: %(sentence)s. Save again to have what stands here instead."
        )
        form.add_error(None, said % {"sentence": sentence_of(row)})
    return _form_page(request, viewer, form, _("Change the alert"), _("Save the alert"), row, is_moved=is_moved)


@require_POST
@login_required
def pause_alert(request: HttpRequest, alert: UUID) -> HttpResponse:
    return _take(request, alert, pause_subscription, _("The alert rests. What happens meanwhile is told afterwards."))


@require_POST
@login_required
def resume_alert(request: HttpRequest, alert: UUID) -> HttpResponse:
    return _take(request, alert, resume_subscription, _("The alert goes on."))


@require_POST
@login_required
def end_alert(request: HttpRequest, alert: UUID) -> HttpResponse:
    return _take(request, alert, end_subscription, _("The alert is ended."))


def living(request: HttpRequest, alert: UUID) -> Subscription:
    """The person's own alert that has not ended and goes to a person; else Http404."""
    row = subscription_of(signed_in(request), alert)
    if row is None or row.ended_at is not None or row.channel == AlertChannel.WEBHOOK:
        raise Http404(_("There is nothing here."))
    return row


def crumbs(*steps: Crumb) -> list[Crumb]:
    here = Crumb(_("Alerts"), reverse("alerts") if steps else "")
    return [Crumb(_("Settings"), reverse("me")), here, *steps]


def first_wishes(request: HttpRequest, viewer: Viewer) -> dict[str, Any]:
    """What a new form begins with: the negotiation that the address names, and what suits the person's role there."""
    person, slug = signed_in(request), request.GET.get("about", "")
    wanted = {"about": f"{NEGOTIATION}:{slug}", "ref": request.GET.get("ref", "")[:16]} if slug else {}
    blank = Subscription()
    plain = {"local_time": blank.local_time, "weekday": blank.weekday}
    channel = AlertChannel.EMAIL if person.email else AlertChannel.INBOX
    zone = {"time_zone": person.time_zone, "least_urgency": Urgency.NOTABLE, "channel": channel}
    return plain | zone | dict(DEFAULTS[_role(viewer, slug)]) | wanted


def _role(viewer: Viewer, slug: str) -> Role | None:
    """The role in the negotiation that is named; where none is, the busiest of all."""
    named = Negotiation.objects.visible_to(viewer).filter(slug=slug).first() if slug else None
    if named is not None:
        seat = viewer.seat_in(named.pk)
        return seat.role if seat else None
    roles = {seat.role for seat in viewer.seats.values()}
    return next((one for one in BUSIEST_FIRST if one in roles), None)


def _done(request: HttpRequest, form: WishForm, do: Callable[[datetime], None]) -> bool:
    """Whether it is saved; a rule's refusal stands on the form."""

    def save() -> str:
        do(timezone.now())
        return reverse("alerts")

    try:
        saved_once(request, signed_in(request), save)
    except SettingsMoved:
        raise
    except WishedAlready as refused:
        form.present = refused.present
        form.refuse(refused.message, {})
        return False
    except RuleError as refused:
        form.refuse(refused.message, refused.fields)
        return False
    messages.success(request, _("Saved."))
    return True


def _take(request: HttpRequest, alert: UUID, verb: Verb, said: str) -> HttpResponse:
    verb(living(request, alert), now=timezone.now())
    messages.success(request, said)
    return see_other(reverse("alerts"))


def _form_page(
    request: HttpRequest,
    viewer: Viewer,
    form: WishForm,
    title: str,
    button: str,
    row: Subscription | None = None,
    *,
    is_moved: bool = False,
) -> HttpResponse:
    if form.is_bound:
        form.mark_invalid()
    context = {
        "form": form,
        "title": title,
        "button": button,
        "line": alert_line(row, abouts([row], viewer)[row.pk]) if row is not None else None,
        "version": request.POST.get("version") if form.is_bound and not is_moved else version_of(row) if row else None,
        "email": signed_in(request).email,
        "keep": keep_for(request),
        "crumbs": crumbs(Crumb(title)),
        "section": "alerts",
    }
    status = 409 if is_moved or form.present else 422 if form.errors else 200
    return show(request, "pages/alert.html", context, viewer=viewer, status=status)
