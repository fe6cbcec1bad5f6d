"""Search: a ref that is typed leads there, words lead to everything visible that holds them."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from negotiations.access.doors import find_negotiation
from negotiations.access.viewer import viewer_for
from negotiations.models import Negotiation
from negotiations.pages.frame import Crumb, show
from negotiations.pages.listing import with_page, without
from negotiations.pages.present import tells_of_now
from negotiations.pages.reading import note_lines
from negotiations.rules.marking import Viewer
from negotiations.selectors.search import PAGE, Hit, Query, named, query_of, search, search_in
from negotiations.selectors.search_fields import BY_NOUN
from negotiations.selectors.words import words_of
from negotiations.templatetags.places import place_of

LAST = 200


@require_safe
@tells_of_now
def search_page(request: HttpRequest) -> HttpResponse:
    viewer, asked = viewer_for(request.user), request.GET
    query = query_of(asked.get("q", ""))
    within = _negotiation(viewer, asked.get("in", ""))
    exact = _exact(request, query, viewer, within)
    if len(exact) == 1 and not asked.get("kind") and (address := _place(exact[0])):
        return redirect(address)
    searched = BY_NOUN.get(asked.get("kind", ""))
    page = _page(asked.get("page", ""))
    if searched and query.words:
        found = search_in(searched, query, viewer=viewer, within=within, page=page)
        groups = [found] if found.hits else []
    else:
        groups = search(query, viewer=viewer, within=within)
    note_lines(request, viewer, [*exact, *(hit for group in groups for hit in group.hits)])
    more = bool(searched and groups and groups[0].total > page * PAGE and page < LAST)
    context = {
        "query": query,
        "exact": exact,
        "groups": [(group, f"{without(asked, 'kind', 'page')}&kind={group.noun}") for group in groups],
        "within": within,
        "within_title": words_of(within, "title") if within else None,
        "everywhere": without(asked, "in", "page"),
        "kind": searched.noun if searched else "",
        "all_kinds": without(asked, "kind", "page"),
        "previous": with_page(asked, page - 1) if searched and page > 1 else "",
        "next": with_page(asked, page + 1) if more else "",
        "section": "search",
        "crumbs": [Crumb(_("Negotiations"), reverse("dashboard")), Crumb(_("Search"))],
    }
    return show(request, "pages/search.html", context, viewer=viewer)


def _exact(request: HttpRequest, query: Query, viewer: Viewer, within: Negotiation | None) -> list[Hit]:
    """What the typed ref names; the negotiation one comes from goes before all others."""
    hits = named(query.text, viewer=viewer, within=within)
    here = [hit for hit in hits if hit.slug == request.GET.get("from", "")]
    return here or hits


def _place(hit: Hit) -> str:
    return place_of(hit.noun, hit.slug, hit.ref)


def _negotiation(viewer: Viewer, slug: str) -> Negotiation | None:
    """The negotiation to search in; one that is hidden or unknown is the same as none at all."""
    if not slug:
        return None
    try:
        return find_negotiation(viewer, slug[:80].replace("\x00", ""))
    except Http404:
        return None


def _page(text: str) -> int:
    return min(max(int(text), 1), LAST) if text.isdecimal() and len(text) < 5 else 1
