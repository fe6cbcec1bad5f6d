"""The sources of a negotiation and of all, and the page of one of them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from negotiations.access.viewer import viewer_for
from negotiations.exports.table import Cell
from negotiations.models import Source
from negotiations.pages.asked_moment import asked_of_all, refused_in_words
from negotiations.pages.files import as_file, as_wide_file
from negotiations.pages.forms.stored_copy import CopyForm
from negotiations.pages.frame import Crumb, Visit, show, visit
from negotiations.pages.listing import listing
from negotiations.pages.picking import pick
from negotiations.pages.reading import note_lines, wants_file
from negotiations.rules.marking import narrowest
from negotiations.rules.permissions import may
from negotiations.selectors.all_sources import all_sources
from negotiations.selectors.facets.sources import all_source_facets, source_facets
from negotiations.selectors.scene import also
from negotiations.selectors.sources import SourceRow, origins, source_page, source_rows
from negotiations.selectors.stored_copies import copies_of

COLUMNS = (
    "ref", "title", "publisher", "attribution", "kind", "reliability", "language", "published_at", "accessed_at",
    "url", "archived_url", "sha256", "origin", "supports", "retracted_at", "marking",
)  # fmt: skip


@require_safe
def sources_page(request: HttpRequest, slug: str) -> HttpResponseBase:
    with visit(request, slug) as opened:
        rows = source_rows(opened.scene)
        found = listing(request, rows, source_facets())
        if wants_file(request):
            return as_file(opened, "sources", COLUMNS, map(_row, found.every))
        context = {
            "list": found,
            "origins": origins(rows),
            "head": opened.head,
            "section": "sources",
            "crumbs": opened.crumbs(Crumb(_("Sources"))),
        }
        return show(request, "pages/sources.html", context, viewer=opened.viewer)


@require_safe
def all_sources_page(request: HttpRequest) -> HttpResponseBase:
    """The sources of every negotiation the reader may see."""
    viewer, now = viewer_for(request.user), timezone.now()
    asked = asked_of_all(request, now)
    with refused_in_words():
        page = all_sources(viewer, now=now, asked=asked.as_of_text, known=asked.known_text)
    found = listing(request, page.lines, all_source_facets())
    note_lines(request, viewer, found.every if wants_file(request) else found.lines)
    if wants_file(request):
        rows = ((one.slug, *_row(one.row)) for one in found.every)
        highest = narrowest(one.marking for one in found.every)
        columns = ("negotiation", *COLUMNS)
        return as_wide_file(request, "sources", columns, rows, marking=highest, asked=asked)
    crumbs = [Crumb(_("Negotiations"), reverse("dashboard") + asked.query), Crumb(_("Sources"))]
    context = {"page": page, "list": found, "asked": asked, "section": "all-sources", "crumbs": crumbs}
    return show(request, "pages/all_sources.html", context, viewer=viewer)


@require_safe
def show_source(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    with visit(request, slug) as opened:
        also(opened.scene, Source)
        row = pick(opened, Source, ref)
        page = source_page(opened.scene, row)
        sources = reverse("sources", args=[slug]) + opened.head.query
        context = {
            "page": page,
            "copies": copies_of(row, viewer=opened.viewer),
            "copy_form": _copy_form(opened, row),
            "head": opened.head,
            "section": "sources",
            "crumbs": opened.crumbs(Crumb(_("Sources"), sources), Crumb(page.row.ref)),
        }
        return show(request, "pages/source.html", context, viewer=opened.viewer)


def _copy_form(opened: Visit, row: Source) -> CopyForm | None:
    """The form that takes a copy, for who may add to the source; nothing is added to the past."""
    seat = opened.viewer.seat_in(opened.negotiation.pk)
    may_add = not opened.head.is_past and may(seat.role if seat else None, "source.edited")
    return CopyForm(initial={"version": row.version}) if may_add else None


def _row(row: SourceRow) -> tuple[Cell, ...]:
    return (
        row.ref,
        row.title,
        row.publisher,
        row.attribution,
        row.kind,
        row.reliability,
        row.language,
        row.published_at,
        row.accessed_at,
        row.url,
        row.archived_url,
        row.sha256,
        row.origin,
        row.cited,
        row.retracted_at,
        row.marking,
    )
