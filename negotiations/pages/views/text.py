"""The agreement texts of a negotiation with what each clause became."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from negotiations.exports.table import Cell
from negotiations.pages.files import as_file, file_addresses
from negotiations.pages.frame import Crumb, show, visit
from negotiations.pages.reading import wants_file
from negotiations.rules.marking import narrowest
from negotiations.selectors.texts import Became, ClauseRow, TextPanel, text_panels

COLUMNS = (
    "instrument", "kind", "instrument_title", "dated_on", "in_force", "in_force_from", "in_force_until", "clause",
    "text", "language", "other", "other_language", "paraphrase", "ref", "title", "status", "rests_on_retracted",
    "marking",
)  # fmt: skip


@require_safe
def text_page(request: HttpRequest, slug: str) -> HttpResponseBase:
    with visit(request, slug) as opened:
        language = get_language() or "en"
        texts = text_panels(opened.scene, language)
        if wants_file(request):
            return as_file(opened, "text", COLUMNS, (row for text in texts for row in _rows(text, language)))
        context = {
            "texts": texts,
            "files": file_addresses(request),
            "head": opened.head,
            "section": "text",
            "crumbs": opened.crumbs(Crumb(_("Text"))),
        }
        return show(request, "pages/text.html", context, viewer=opened.viewer)


def _rows(text: TextPanel, language: str) -> Iterator[tuple[Cell, ...]]:
    """A line for each condition that a clause became, and one for a clause or a text that became none."""
    whole: tuple[Cell, ...] = (
        text.ref, text.kind, text.title, text.dated_on, text.is_in_force, text.in_force_from, text.in_force_until,
    )  # fmt: skip
    if not text.clauses:
        yield (*whole, *[None] * 10, text.marking)
    for clause in text.clauses:
        for one in clause.became or (None,):
            marking = narrowest([text.marking, clause.marking, *([one.marking] if one else [])])
            yield (*whole, *_clause(clause, language), *_became(one), marking)


def _clause(clause: ClauseRow, language: str) -> tuple[Cell, ...]:
    return (
        clause.number,
        *clause.text.in_language(language),
        clause.other,
        clause.other_language,
        clause.is_paraphrase,
    )


def _became(one: Became | None) -> tuple[Cell, ...]:
    return (one.ref, one.title, one.status, one.retracted) if one else (None, None, None, None)
