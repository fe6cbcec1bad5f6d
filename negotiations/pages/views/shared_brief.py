"""Briefs lent to outsiders: made, listed and taken back by members; opened by whoever holds the link."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from negotiations.access.doors import find_negotiation, require_seat
from negotiations.access.viewer import viewer_for
from negotiations.exports.brief.content import Brief
from negotiations.exports.brief.levels import at_level, levels_for
from negotiations.exports.brief.making import make_brief
from negotiations.history.moment import Moment, resolve
from negotiations.models import Negotiation, SharedBrief
from negotiations.pages.briefing import pdf_response
from negotiations.pages.forms.shared_brief import ShareForm
from negotiations.pages.frame import Crumb, show
from negotiations.pages.saving import signed_in
from negotiations.pages.views.negotiation import home_of
from negotiations.rules.codes import Marking
from negotiations.rules.errors import RuleError
from negotiations.rules.marking import Viewer
from negotiations.rules.sharing import may_share
from negotiations.selectors.head import head_of
from negotiations.selectors.shared_briefs import is_living, shared_by
from negotiations.services.shared_brief import note_opening, open_shared, revoke_shared, share_brief

MOST = 100


def levels_to_share(viewer: Viewer, negotiation: Negotiation) -> tuple[Marking, ...]:
    """The levels at which the viewer may make a brief and hand it to an outsider."""
    seat = viewer.seat_in(negotiation.pk)
    return tuple(level for level in levels_for(viewer, negotiation) if may_share(seat, level))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def share_page(request: HttpRequest, slug: str) -> HttpResponse:
    """What is lent, and a new link in the answer to the form that made it, nowhere else."""
    viewer, now = viewer_for(request.user), timezone.now()
    negotiation = find_negotiation(viewer, slug)
    require_seat(viewer, negotiation)
    levels = levels_to_share(viewer, negotiation)
    asked = {name: request.GET.get(name, "")[:40] for name in ("as_of", "known_at")}
    initial = {**asked, "language": translation.get_language()}
    form = ShareForm(request.POST if request.method == "POST" else None, levels=levels, initial=initial)
    link = _lent(request, negotiation, viewer, form) if request.method == "POST" and form.is_valid() else ""
    with timezone.override(negotiation.time_zone):
        head = head_of(negotiation, Moment(now))
        rows = list(shared_by(signed_in(request), viewer, negotiation)[:MOST])
        context = {
            "form": ShareForm(levels=levels, initial=initial) if link else form,
            "link": link,
            "levels": levels,
            "shared": [(one, is_living(one, now)) for one in rows],
            "head": head,
            "section": "brief",
            "crumbs": [*home_of(head), Crumb(_("Brief"), reverse("brief", args=[slug])), Crumb(_("Share"))],
        }
        status = 201 if link else 422 if form.errors else 200
        return show(request, "pages/share_brief.html", context, viewer=viewer, status=status)


def _lent(request: HttpRequest, negotiation: Negotiation, viewer: Viewer, form: ShareForm) -> str:
    """The address of the new link; empty where a rule refused it, which the form then says."""
    sent, now = form.cleaned_data, timezone.now()
    try:
        reader = at_level(viewer, negotiation, Marking(sent["level"]))
        moment = resolve(negotiation, reader, sent["as_of"], now, sent["known_at"])
        _shared, secret = share_brief(
            signed_in(request),
            negotiation=negotiation,
            for_whom=sent["for_whom"],
            level=sent["level"],
            as_of=moment.at,
            known_at=moment.known_at,
            language=sent["language"],
            days=sent["days"],
            now=now,
        )
    except RuleError as refused:
        field = next((name for name in ("as_of", "known_at") if name in refused.fields), None)
        form.add_error(field, refused.message)
        return ""
    with translation.override(sent["language"]):
        return request.build_absolute_uri(reverse("shared-brief", args=[secret]))


@require_POST
@login_required
def revoke_page(request: HttpRequest, slug: str, shared: UUID) -> HttpResponse:
    viewer = viewer_for(request.user)
    negotiation = find_negotiation(viewer, slug)
    found = shared_by(signed_in(request), viewer, negotiation).filter(public_id=shared).first()
    if found is None:
        raise Http404(_("There is nothing here."))
    revoke_shared(found, now=timezone.now())
    messages.success(request, _("The link is taken back. What was saved from it cannot be."))
    return redirect("share-brief", slug)


@dataclass(frozen=True, slots=True)
class Opened:
    """A lent brief as it is opened now."""

    shared: SharedBrief
    moment: Moment
    brief: Brief


def opened(secret: str) -> Opened:
    """The brief behind a link, read with the rights of today; Http404 for a link that opens nothing."""
    now = timezone.now()
    found = open_shared(secret, now=now)
    if found is None:
        raise Http404(_("There is nothing here."))
    shared, viewer = found
    negotiation = shared.negotiation
    if Marking(shared.level) not in levels_for(viewer, negotiation):
        raise Http404(_("There is nothing here."))
    moment = Moment(shared.as_of, shared.as_of, known_at=shared.known_at)
    reader = at_level(viewer, negotiation, Marking(shared.level))
    brief = make_brief(negotiation, reader, moment, language=shared.language)
    note_opening(shared, viewer, brief.marking, now=now)
    return Opened(shared, moment, brief)


@require_safe
def shared_page(request: HttpRequest, secret: str) -> HttpResponse:
    """The brief for the one it was lent to: no way leads from it into the tracker."""
    found = opened(secret)
    with translation.override(found.shared.language), timezone.override(found.shared.negotiation.time_zone):
        context = {"brief": found.brief, "shared": found.shared, "secret": secret}
        return unkept(render(request, "pages/shared_brief.html", context))


@require_safe
def shared_file(request: HttpRequest, secret: str) -> HttpResponse:  # noqa: ARG001
    """The same as PDF, with the name of the one it was lent to across it."""
    found = opened(secret)
    language = found.shared.language
    with translation.override(language):
        watermark = _("For %(name)s") % {"name": found.shared.for_whom}
    response = pdf_response(
        found.shared.negotiation, found.brief, found.moment, language=language, now=timezone.now(), watermark=watermark
    )
    return unkept(response)


def unkept(response: HttpResponse) -> HttpResponse:
    """Nobody keeps it, no search engine lists it, and no other site learns its address."""
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return response
