"""Watching with one click: begin, or stop, and back to the page the button is on."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from negotiations.access.doors import find, find_negotiation
from negotiations.access.viewer import viewer_for
from negotiations.models import MarkedItem, Negotiation, Phase
from negotiations.pages.once import see_other
from negotiations.pages.saving import signed_in
from negotiations.pages.whereabouts import page_of
from negotiations.rules.errors import RuleError
from negotiations.rules.marking import Viewer
from negotiations.selectors.subscription_words import sentence_of
from negotiations.selectors.subscriptions import WATCHED
from negotiations.services.subscription import unwatch, watch

# Has the message lead to the alerts.
TO_ALERTS = "to-alerts"


def watch_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Takes the button's form; whoever comes without one goes to the negotiation, without a session to log in."""
    overview = reverse("overview", args=[slug])
    if not request.user.is_authenticated:
        return redirect_to_login(overview)
    if request.method != "POST":
        return redirect(overview)
    viewer = viewer_for(request.user)
    negotiation = find_negotiation(viewer, slug)
    subject = subject_named(viewer, negotiation, request.POST.get("subject", ""))
    try:
        _begin_or_stop(request, subject)
    except RuleError as refused:
        messages.warning(request, refused.message)
    return see_other(_page(negotiation, subject))


def subject_named(viewer: Viewer, negotiation: Negotiation, named: str) -> Negotiation | MarkedItem:
    """What "condition:<id>" names there, the negotiation for nothing; Http404 for hidden and unknown alike."""
    if not named:
        return negotiation
    noun, _colon, key = named.partition(":")
    if noun not in WATCHED:
        raise Http404(_("There is nothing here."))
    return find(WATCHED[noun], viewer, negotiation, public_id=key)


def _begin_or_stop(request: HttpRequest, subject: Negotiation | MarkedItem) -> None:
    if request.POST.get("what") == "stop":
        _stop(request, subject)
        return
    begun = watch(signed_in(request), subject, now=timezone.now())
    said = _("You watch this now: %(sentence)s. Your alerts in the settings change it.")
    messages.success(request, said % {"sentence": sentence_of(begun)}, extra_tags=TO_ALERTS)


def _stop(request: HttpRequest, subject: Negotiation | MarkedItem) -> None:
    others = unwatch(signed_in(request), subject, now=timezone.now())
    if not others:
        messages.success(request, _("You do not watch this any more."))
        return
    go_on = ngettext(
        "Only what the button began ends. %(count)s alert of your own on it goes on: change or end it there.",
        "Only what the button began ends. %(count)s alerts of your own on it go on: change or end them there.",
        others,
    )
    messages.success(request, go_on % {"count": others}, extra_tags=TO_ALERTS)


def _page(negotiation: Negotiation, subject: Negotiation | MarkedItem) -> str:
    if isinstance(subject, Negotiation):
        return reverse("overview", args=[negotiation.slug])
    anchor = f"#phase-{subject.number}" if isinstance(subject, Phase) else ""
    return page_of(negotiation, subject) + anchor
