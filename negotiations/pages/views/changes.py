"""What changed in a negotiation since a moment, and marking it as seen."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from negotiations.access.doors import find_negotiation
from negotiations.access.viewer import viewer_for
from negotiations.models import Entry, Negotiation
from negotiations.pages.asked_moment import refused_in_words
from negotiations.pages.entry_files import COLUMNS, marking_of, rows_of, up_to
from negotiations.pages.files import as_file, file_addresses
from negotiations.pages.frame import Crumb, Visit, show, visit
from negotiations.pages.listing import without
from negotiations.pages.reading import wants_file
from negotiations.pages.spans import spans
from negotiations.rules.asked import CLOCKS, lasting_query
from negotiations.rules.marking import Viewer
from negotiations.selectors.changes import Since, Wanted, changes, every_change, narrowed_entries, since_of, since_words
from negotiations.selectors.last_look import last_look, newest_entries, seen_upto
from negotiations.services.last_look import mark_seen

NARROWING = ("noun", "verb", "person", "about")


@require_safe
def changes_page(request: HttpRequest, slug: str) -> HttpResponseBase:
    with visit(request, slug) as opened:
        asked, negotiation, viewer = request.GET, opened.negotiation, opened.viewer
        at = opened.head.at
        with refused_in_words():
            since = since_of(asked.get("since", ""), negotiation, viewer, at=at, now=timezone.now())
        wanted = Wanted(*(asked.get(name, "").replace("\x00", "")[:80] for name in NARROWING))
        if wants_file(request):
            return _as_file(opened, since, wanted)
        page = changes(
            negotiation,
            viewer=viewer,
            moment=opened.scene.moment,
            since=since,
            wanted=wanted,
            after=asked.get("after", ""),
        )
        context = {
            "page": page,
            "since_words": since_words(since),
            "spans": spans(has_visit=last_look(viewer, negotiation) is not None),
            "wanted": wanted,
            "is_narrowed": any(getattr(wanted, name) for name in NARROWING),
            "clear": without(asked, *NARROWING, "after"),
            "spans_rest": without(asked, "since", "after").removeprefix("?"),
            "rest": without(asked, "after").removeprefix("?"),
            "files": file_addresses(request),
            "head": opened.head,
            "section": "changes",
            "crumbs": opened.crumbs(Crumb(_("Changes"))),
        }
        return show(request, "pages/changes.html", context, viewer=viewer)


def _as_file(opened: Visit, since: Since, wanted: Wanted) -> HttpResponseBase:
    """All of what the page tells a page at a time."""
    entries = narrowed_entries(
        opened.negotiation, viewer=opened.viewer, moment=opened.scene.moment, since=since, wanted=wanted
    )
    marking = marking_of(opened, entries)
    lines = every_change(up_to(marking, entries), opened.viewer)
    rows = (row for line in lines for row in rows_of(line.entry, line.entry.change, line.entry.value, line.fields))
    return as_file(opened, "changes", COLUMNS, rows, marking=marking)


def seen(request: HttpRequest, slug: str) -> HttpResponse:
    """Mark as seen up to the entry the form was shown with; `passive` for who only stayed on the page."""
    if request.method != "POST" or not request.user.is_authenticated:
        return redirect("changes", slug)
    viewer = viewer_for(request.user)
    negotiation = find_negotiation(viewer, slug)
    is_passive = bool(request.POST.get("passive"))
    mark_seen(
        user=request.user,
        negotiation=negotiation,
        upto=_entry(request.POST.get("upto", ""), negotiation, viewer),
        now=timezone.now(),
        ends_visit=not is_passive,
    )
    if is_passive:
        return HttpResponse(status=204)
    narrowed = lasting_query(request.POST.get("query", ""), "since", *CLOCKS)
    return redirect(reverse("changes", args=[slug]) + "?since=visit" + (f"&{narrowed}" if narrowed else ""))


def seen_all(request: HttpRequest) -> HttpResponse:
    """Mark everything as seen up to the entry the first page was shown with."""
    if request.method != "POST" or not request.user.is_authenticated:
        return redirect("dashboard")
    viewer = viewer_for(request.user)
    last = _entry(request.POST.get("upto", ""), None, viewer)
    for entry in newest_entries(viewer, last) if last else ():
        if entry.negotiation is not None:
            mark_seen(
                user=request.user,
                negotiation=entry.negotiation,
                upto=entry,
                now=timezone.now(),
                ends_visit=True,
            )
    return redirect("dashboard")


def _entry(key: str, negotiation: Negotiation | None, viewer: Viewer) -> Entry | None:
    """What the reader has seen, of this negotiation or of any; anything else marks nothing as seen."""
    try:
        wanted = UUID(key)
    except ValueError:
        return None
    if negotiation is not None:
        return seen_upto(wanted, negotiation, viewer)
    return Entry.objects.visible_to(viewer).filter(public_id=wanted).first()
