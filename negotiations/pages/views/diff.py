"""What differs between two moments of a negotiation, or between it and the attempt before it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from negotiations.exports.table import Cell
from negotiations.history.diff import How
from negotiations.pages.asked_moment import one_of, refused_in_words
from negotiations.pages.entry_files import in_words
from negotiations.pages.files import as_file, file_addresses
from negotiations.pages.frame import Crumb, Visit, show, visit
from negotiations.pages.listing import with_page, without
from negotiations.pages.reading import wants_file
from negotiations.rules.marking import narrowest
from negotiations.selectors.attempt_diff import AttemptLine, attempt_diff, has_earlier
from negotiations.selectors.diff import ORDER, Diff, DiffLine, diff, with_entries
from negotiations.selectors.diff_asked import PREVIOUS, asked_beside, asked_moments
from negotiations.selectors.scene import highest_in, scene_of

SIZE = 40
ATTEMPT_COLUMNS = (
    "how", "earlier_ref", "earlier_title", "earlier_status", "earlier_value", "ref", "title", "status", "value",
    "required_otherwise", "marking",
)  # fmt: skip
COLUMNS = (
    "kind", "ref", "title", "how", "field", "before", "after", "by", "why", "sources", "marking",
    "from", "known_from", "to", "known_to",
)  # fmt: skip


@require_safe
def diff_page(request: HttpRequest, slug: str) -> HttpResponseBase:
    with visit(request, slug) as opened:
        if one_of(request, "with", (PREVIOUS,)):
            return _beside_the_attempt_before(opened)
        noun = one_of(request, "noun", ORDER)
        with refused_in_words():
            before, after = asked_moments(opened.negotiation, opened.viewer, _asked(request), timezone.now())
        found = diff(
            opened.negotiation, viewer=opened.viewer, before=before, after=after, noun=noun, scene=opened.scene
        )
        if wants_file(request):
            return _as_file(opened, found)
        return show(request, "pages/diff.html", _context(opened, found, noun), viewer=opened.viewer)


def _asked(request: HttpRequest) -> dict[str, str]:
    """What the address asks for; the moment of the page, where it names one, is the second of the two."""
    asked = request.GET.dict()
    clocks = (("to", "as_of"), ("known_to", "known_at"))
    return asked | {name: asked[clock] for name, clock in clocks if asked.get(clock)}


def _as_file(opened: Visit, found: Diff) -> HttpResponseBase:
    """All of it, a row for each field, with both moments in each."""
    lines = with_entries(found.lines, opened.negotiation, viewer=opened.viewer, found=found)
    first, second = moments = (found.before.moment, found.after.moment)
    clocks = (first.at, first.known_at, second.at, second.known_at)
    rows = ((*row, *clocks) for line in lines for row in _rows(line))
    highest = narrowest([*(one for line in lines for one in line.markings), highest_in(opened.scene)])
    return as_file(opened, "diff", COLUMNS, rows, marking=highest, compared=moments)


def _context(opened: Visit, found: Diff, noun: str) -> dict[str, Any]:
    asked = opened.request.GET
    pages = max(-(-len(found.lines) // SIZE), 1)
    page = _number(asked.get("page", ""), pages)
    shown = found.lines[(page - 1) * SIZE : page * SIZE]
    return {
        "diff": found,
        "sides": (found.before, found.after),
        "has_attempt": has_earlier(opened.negotiation, opened.viewer),
        "lines": with_entries(shown, opened.negotiation, viewer=opened.viewer, found=found),
        "counts": [(_words(how), n) for how in How if (n := sum(line.how is how for line in found.lines))],
        "form": {name: _typed(asked.get(name, ""), at) for name, at in _moments(found)},
        "noun": noun,
        "clear": without(asked, "noun", "page"),
        "list": _pager(opened.request, page, pages),
        "files": file_addresses(opened.request),
        "head": opened.head,
        "section": "changes",
        "crumbs": opened.crumbs(Crumb(_("Compare"))),
    }


def _moments(found: Diff) -> list[tuple[str, datetime | None]]:
    before, after = found.before.moment, found.after.moment
    return [
        ("from", before.at),
        ("known_from", before.known_at),
        ("to", after.at if after.is_past else None),
        ("known_to", after.known_at),
    ]


def _typed(typed: str, at: datetime | None) -> str:
    """What a date field shows: the day of the moment that is compared."""
    return timezone.localtime(at).date().isoformat() if at else typed[:10]


def _words(how: How) -> str:
    return {
        How.ADDED: _("added"),
        How.REMOVED: _("not there any more"),
        How.CHANGED: _("changed"),
        How.MOVED: _("moved"),
    }[how]


def _number(text: str, pages: int) -> int:
    return min(max(int(text), 1), pages) if text.isdecimal() and len(text) < 7 else 1


def _rows(line: DiffLine) -> list[tuple[Cell, ...]]:
    """A row for each field in words; one for an item that is only on one side."""
    lead: tuple[Cell, ...] = (line.noun, line.ref, line.title, line.how.value)
    told = in_words(line.status, line.value, line.fields)
    fields = [(one.name, one.label, one.before, one.after) for one in told]
    return [(*lead, *words, *_why(line, name), line.marking) for name, *words in fields or [("", "", "", "")]]


def _why(line: DiffLine, name: str) -> tuple[Cell, ...]:
    """Who changed the field last, why and on what sources."""
    told = line.told_by(name)
    if told is None:
        return ("", "", "")
    return (told.by, told.reason, "; ".join(told.sources_named))


def _beside_the_attempt_before(opened: Visit) -> HttpResponseBase:
    request = opened.request
    with refused_in_words():
        moment = asked_beside(opened.negotiation, opened.viewer, _asked(request), timezone.now())
    scene = scene_of(opened.negotiation, viewer=opened.viewer, moment=moment)
    found = attempt_diff(scene)
    if found is None:
        raise Http404
    if wants_file(request):
        rows = list(map(_attempt_row, found.lines))
        highest = narrowest([highest_in(scene), *(str(row[-1]) for row in rows)])
        return as_file(replace(opened, scene=scene), "attempts", ATTEMPT_COLUMNS, rows, marking=highest)
    pages = max(-(-len(found.lines) // SIZE), 1)
    page = _number(request.GET.get("page", ""), pages)
    context = {
        "found": found,
        "after": moment,
        "query": moment.query,
        "form": {"to": _typed("", moment.as_of), "known_to": _typed("", moment.known_at)},
        "lines": found.lines[(page - 1) * SIZE : page * SIZE],
        "list": _pager(request, page, pages),
        "files": file_addresses(request),
        "head": opened.head,
        "section": "changes",
        "crumbs": opened.crumbs(Crumb(_("Beside the earlier attempt"))),
    }
    return show(request, "pages/attempt.html", context, viewer=opened.viewer)


def _pager(request: HttpRequest, page: int, pages: int) -> dict[str, Any]:
    return {
        "page": page,
        "pages": pages,
        "previous": with_page(request.GET, page - 1) if page > 1 else "",
        "next": with_page(request.GET, page + 1) if page < pages else "",
    }


def _attempt_row(line: AttemptLine) -> tuple[Cell, ...]:
    before, after = line.before, line.after
    return (
        line.how.value if line.how else "same",
        *((before.ref, before.title, before.status, before.value) if before else (None,) * 4),
        *((after.ref, after.title, after.status, after.value) if after else (None,) * 4),
        "; ".join(one.label for one in line.fields),
        narrowest([one.marking for one in (before, after) if one]),
    )
