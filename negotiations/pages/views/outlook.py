"""The outlooks of a negotiation, question by question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from negotiations.exports.table import Cell
from negotiations.pages.charts.frame import asked_chart
from negotiations.pages.charts.outlook import outlook_chart
from negotiations.pages.files import as_file, file_addresses
from negotiations.pages.frame import Crumb, show, visit
from negotiations.pages.reading import wants_rows
from negotiations.rules.codes import RANGES, Likelihood
from negotiations.selectors.outlook import Question, desks_of, questions

COLUMNS = (
    "question", "resolves_at", "ref", "likelihood", "low", "high", "trend", "rationale", "assessed_at", "by",
    "outcome", "resolved_at", "brier_score", "illustrative", "marking",
)  # fmt: skip


@require_safe
def outlook_page(request: HttpRequest, slug: str) -> HttpResponseBase:
    with visit(request, slug) as opened:
        asked = questions(opened.scene)
        if wants_rows(request):
            desks = desks_of(opened.scene)
            return as_file(opened, "outlook", COLUMNS, (row for one in asked for row in _rows(one, desks)))
        charts = [outlook_chart(one, f"outlook-{place}") for place, one in enumerate(asked, start=1)]
        if file := asked_chart(opened, charts):
            return file
        context = {
            "questions": list(zip(asked, charts, strict=True)),
            "terms": [(term, *RANGES[term]) for term in Likelihood],
            "files": file_addresses(request),
            "head": opened.head,
            "section": "outlook",
            "crumbs": opened.crumbs(Crumb(_("Outlook"))),
        }
        return show(request, "pages/outlook.html", context, viewer=opened.viewer)


def _rows(question: Question, desks: Mapping[str, str]) -> Iterator[tuple[Cell, ...]]:
    """A line for each judgement, newest first; the outcome is yes where what was asked came about."""
    for line in question.lines:
        yield (
            line.question,
            line.resolves_at,
            line.ref,
            line.likelihood,
            line.low,
            line.high,
            line.trend,
            line.rationale,
            line.assessed_at,
            desks.get(line.ref, ""),
            line.came_about,
            line.resolved_at,
            line.score,
            line.is_illustrative,
            line.marking,
        )
