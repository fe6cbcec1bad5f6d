"""The first page: all negotiations a reader may see."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from negotiations.access.doors import may_open
from negotiations.access.viewer import viewer_for
from negotiations.exports.table import Cell
from negotiations.models import User
from negotiations.pages.asked_moment import asked_of_all, refused_in_words
from negotiations.pages.charts.days30 import days30_chart
from negotiations.pages.charts.sparkline import sparkline
from negotiations.pages.files import as_wide_file, file_addresses
from negotiations.pages.frame import Crumb, show
from negotiations.pages.listing import listing, without
from negotiations.pages.once import keep_for
from negotiations.pages.reading import note_wholes, wants_file
from negotiations.pages.spans import spans
from negotiations.rules.marking import Viewer, narrowest
from negotiations.selectors.dashboard import DashboardLine, dashboard
from negotiations.selectors.facets.negotiations import negotiation_facets
from negotiations.selectors.yours import yours_to_check

SIZE = 40
FAR = datetime.max.replace(tzinfo=UTC)
COLUMNS = (
    "slug", "title", "status", "rests_on_retracted", "as_of", "phase", "gate_met", "gate_total", "verdict", "held_by",
    "held_by_title", "held_by_rests_on_retracted", "next_date", "next_title", "outlook_question", "outlook_low",
    "outlook_high", "changes", "changes_since", "checked_at", "freshness",
)  # fmt: skip
Sorter = Callable[[DashboardLine], tuple[object, ...]]
SORTS: dict[str, tuple[str | Promise, Sorter]] = {
    "": (gettext_lazy("Open first, A–Z"), lambda line: (not line.is_followed, line.title.text)),
    "deadline": (gettext_lazy("Next date"), lambda line: (line.next_date.at if line.next_date else FAR,)),
    "changes": (gettext_lazy("Most changes"), lambda line: (-line.changes, line.title.text)),
    "checked": (gettext_lazy("Longest unchecked"), lambda line: (line.fresh.checked_at or FAR,)),
}


@require_safe
def index(request: HttpRequest) -> HttpResponseBase:
    viewer, now = viewer_for(request.user), timezone.now()
    asked = asked_of_all(request, now)
    with refused_in_words():
        page = dashboard(
            viewer=viewer,
            now=now,
            since=request.GET.get("since", ""),
            asked=asked.as_of_text,
            known=asked.known_text,
        )
    sort = request.GET.get("sort", "") if request.GET.get("sort", "") in SORTS else ""
    lines = sorted(page.lines, key=SORTS[sort][1])
    found = listing(request, lines, negotiation_facets(), size=SIZE)
    note_wholes(request, viewer, page.shown)
    if wants_file(request):
        return as_wide_file(
            request, "negotiations", COLUMNS, _rows(found.every), marking=narrowest(page.shown.values()), asked=asked
        )
    context = {
        "page": page,
        "asked": asked,
        "yours": [] if asked.is_past else yours_to_check(viewer, now, page.shaken),
        "may_open": not asked.is_past and _may_open(request, viewer),
        "now": now,
        "keep": keep_for(request),
        "list": found,
        "rows": list(_drawn(found.lines)),
        "sorts": [(code, words, code == sort) for code, (words, _key) in SORTS.items()],
        "spans": spans(has_visit=page.has_looked),
        "since_rest": without(request.GET, "since", "page").removeprefix("?"),
        "files": file_addresses(request),
        "section": "dashboard",
        "crumbs": [Crumb(_("Negotiations"))],
    }
    return show(request, "pages/dashboard.html", context, viewer=viewer)


def _may_open(request: HttpRequest, viewer: Viewer) -> bool:
    return isinstance(request.user, User) and viewer.is_member and may_open(viewer, request.user)


def _drawn(lines: Sequence[DashboardLine]) -> Iterator[tuple[DashboardLine, SafeString, SafeString]]:
    """Each line with its strip of thirty days and the course of its outlook."""
    for place, line in enumerate(lines):
        with timezone.override(line.time_zone):
            strip = days30_chart(line.dates, at=line.at, ident=f"days-{place}")
            course = line.course
            spark = sparkline(course.points, ident=f"course-{place}", question=course.question.here) if course else ""
            yield line, strip, SafeString(spark)


def _rows(lines: Sequence[DashboardLine]) -> Iterator[tuple[Cell, ...]]:
    for line in lines:
        soon, course, held, gate = line.next_date, line.course, line.held_by, line.gate
        yield (
            line.slug, line.title, line.status, line.retracted, line.at, line.phase_number,
            gate.met if gate else None, gate.total if gate else None, line.verdict,
            held.ref if held else "", held.title if held else "", held.retracted if held else (),
            soon.at if soon else None, soon.title if soon else "",
            course.question if course else "", course.now.low if course else None, course.now.high if course else None,
            line.changes, line.since, line.fresh.checked_at, line.fresh.level,
        )  # fmt: skip
