"""Calendars for programs: of what a signed-in person may see, and under a secret address of their own."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from negotiations.access.doors import find_negotiation
from negotiations.access.viewer import viewer_for
from negotiations.exports.calendar import Dates, calendar, dates_of, dates_of_all, up_to_green
from negotiations.exports.table import MEDIA
from negotiations.models import CalendarKey
from negotiations.pages.asked_moment import asked_moment, asked_of_all, refused_in_words
from negotiations.pages.frame import Crumb, show
from negotiations.pages.saving import signed_in
from negotiations.rules.marking import Viewer
from negotiations.services.calendar_key import make_key, owner_of, revoke_key


@require_safe
def all_dates_file(request: HttpRequest) -> HttpResponse:
    """Everything dated that whoever is signed in may have in a calendar; for anybody what is published."""
    return _calendar(request, viewer_for(request.user))


@require_safe
def negotiation_file(request: HttpRequest, slug: str) -> HttpResponse:
    return _calendar(request, viewer_for(request.user), slug)


@require_safe
def secret_file(request: HttpRequest, secret: str, slug: str = "") -> HttpResponse:
    """The same under a secret address, with the rights its owner has now and in their language."""
    owner = owner_of(secret, now=timezone.now())
    if owner is None:
        raise Http404(_("There is nothing here."))
    with translation.override(owner.language):
        return _calendar(request, viewer_for(owner), slug)


def _calendar(request: HttpRequest, viewer: Viewer, slug: str = "") -> HttpResponse:
    now = timezone.now()
    told = _of_one(request, viewer, slug, now) if slug else _of_all(request, viewer, now)
    body = calendar(told, address=request.build_absolute_uri)
    response = HttpResponse(body, content_type=MEDIA["ics"], headers=told.stamp.headers("ics"))
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _of_all(request: HttpRequest, viewer: Viewer, now: datetime) -> Dates:
    """The dates of all negotiations, each at the moment asked about."""
    asked = asked_of_all(request, now)
    with refused_in_words():
        return dates_of_all(viewer, now, asked=asked.as_of_text, known=asked.known_text)


def _of_one(request: HttpRequest, viewer: Viewer, slug: str, now: datetime) -> Dates:
    """The dates of one negotiation at the moment asked about."""
    reader = up_to_green(viewer)
    negotiation = find_negotiation(reader, slug)
    moment = asked_moment(request, negotiation, reader, now)
    return dates_of(negotiation, viewer, moment, now)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def calendar_page(request: HttpRequest) -> HttpResponse:
    """The secret address: made here, shown in the answer to the form that made it and nowhere else."""
    person, address = signed_in(request), ""
    if request.method == "POST":
        secret = make_key(person, now=timezone.now())
        address = request.build_absolute_uri(reverse("secret-calendar", args=[secret]))
    context = {
        "address": address,
        "key": CalendarKey.objects.filter(user=person).first(),
        "crumbs": [Crumb(_("Settings"), reverse("me")), Crumb(_("Calendar address"))],
        "section": "me",
    }
    status = 201 if address else 200
    return show(request, "pages/calendar_key.html", context, viewer=viewer_for(request.user), status=status)


@require_POST
@login_required
def revoke_page(request: HttpRequest) -> HttpResponse:
    revoke_key(signed_in(request))
    messages.success(request, _("The calendar address is taken back."))
    return redirect("calendar-key")
