"""Saved views: keeping the filters of a list under a name, opening, renaming and deleting them."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from negotiations.access.doors import find_negotiation
from negotiations.access.viewer import viewer_for
from negotiations.models import SavedView, User
from negotiations.pages.frame import Crumb, show
from negotiations.rules.asked import lasting_query
from negotiations.rules.codes import ViewPage
from negotiations.rules.errors import RuleError
from negotiations.selectors.sidebar import views_of
from negotiations.selectors.subscriptions import views_told_of
from negotiations.services.saved_view import delete_view, rename_view, save_view

# The lists of everything; all others stand inside a negotiation.
EVERYWHERE = {ViewPage.DASHBOARD: "dashboard", ViewPage.CALENDAR: "all-dates", ViewPage.SOURCES: "all-sources"}


@require_safe
@login_required
def views_page(request: HttpRequest) -> HttpResponse:
    viewer = viewer_for(request.user)
    crumbs = [Crumb(_("Negotiations"), reverse("dashboard")), Crumb(_("Saved views"))]
    context = {"section": "views", "crumbs": crumbs, "told_of": views_told_of(cast("User", request.user))}
    return show(request, "pages/views.html", context, viewer=viewer)


@require_safe
@login_required
def open_view(request: HttpRequest, key: UUID) -> HttpResponse:
    view = _mine(request, key)
    return redirect(_address(view) + (f"?{view.query}" if view.query else ""))


@require_POST
@login_required
def keep_view(request: HttpRequest) -> HttpResponse:
    """Keep the list the form stands on; back to it, with what went wrong where something did."""
    posted = request.POST
    page, slug = posted.get("page", ""), posted.get("negotiation", "")
    if page not in list(ViewPage):
        raise Http404
    negotiation = find_negotiation(viewer_for(request.user), slug) if slug else None
    if negotiation is None and ViewPage(page) not in EVERYWHERE:
        raise Http404
    query = lasting_query(posted.get("query", ""))
    user = cast("User", request.user)
    view = SavedView(user=user, page=page, query=query, negotiation=negotiation)
    try:
        save_view(user=user, name=posted.get("name", ""), page=page, query=query, negotiation=negotiation)
        messages.success(request, _("View saved. It stands in the side bar."))
    except RuleError as refused:
        messages.warning(request, refused.message)
    return redirect(_address(view) + (f"?{query}" if query else ""))


@require_POST
@login_required
def rename(request: HttpRequest, key: UUID) -> HttpResponse:
    view = _mine(request, key)
    try:
        rename_view(view, name=request.POST.get("name", ""))
        messages.success(request, _("View renamed."))
    except RuleError as refused:
        messages.warning(request, refused.message)
    return redirect("views")


@require_POST
@login_required
def delete(request: HttpRequest, key: UUID) -> HttpResponse:
    ended = delete_view(_mine(request, key), now=timezone.now())
    said = ngettext(
        "View deleted. %(count)s alert on it is ended.", "View deleted. %(count)s alerts on it are ended.", ended
    )
    messages.success(request, said % {"count": ended} if ended else _("View deleted."))
    return redirect("views")


def _mine(request: HttpRequest, key: UUID) -> SavedView:
    """The reader's own view, or Http404 for another's, for none, and for one they may no longer open."""
    for view in views_of(viewer_for(request.user)):
        if view.public_id == key:
            return view
    raise Http404(_("There is nothing here."))


def _address(view: SavedView) -> str:
    # No negotiation has a dashboard of its own, whatever was sent with it.
    if view.negotiation is None or view.page == ViewPage.DASHBOARD:
        return reverse(EVERYWHERE.get(ViewPage(view.page), "dashboard"))
    return reverse(view.page, args=[view.negotiation.slug])
