"""A brief as PDF: one tagged page (PDF/UA-1) in English or Arabic, with lists shortened until it fits."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from pypdf import PdfReader

from negotiations.rules.codes import Marking
from negotiations.rules.glyphs import GLYPHS
from negotiations.rules.maker import SITE

from .content import Brief
from .drawing import roadmap

HERE = Path(__file__).parent
# How many rows each list may show: from what usually fits to what always does.
ROOM: tuple[dict[str, int], ...] = tuple(
    {
        "conditions": c, "steps": s, "disputes": d, "changes": g, "dates": t, "phases": p, "lines": n,
        "also": a, "unmet": u,
    }
    for c, s, d, g, t, p, n, a, u in (
        (10, 5, 6, 6, 6, 5, 3, 8, 6), (9, 4, 5, 5, 5, 5, 2, 8, 4), (8, 4, 4, 4, 4, 4, 2, 8, 3),
        (7, 3, 4, 4, 3, 4, 2, 8, 2), (6, 3, 3, 3, 3, 3, 2, 6, 1), (5, 2, 2, 2, 2, 3, 1, 6, 0),
        (3, 1, 1, 1, 1, 2, 1, 4, 0), (1, 1, 1, 1, 1, 1, 1, 2, 0),
    )
)  # fmt: skip
LIST_NAMES = ("conditions", "steps", "disputes", "changes", "dates")


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a file says of itself: when it was made, what it is about, and by what it can be proved.

    `watermark` names the one person it was made for, empty for none.
    """

    made_at: datetime
    link: str
    known_at: datetime | None = None
    watermark: str = ""


def brief_pdf(brief: Brief, stamp: Stamp) -> bytes:
    """The brief as PDF; the same bytes for the same brief and stamp. Always one page."""
    for room in ROOM:
        document = json.dumps(page_data(brief, stamp, room), ensure_ascii=False)
        made = compiler().compile(
            format="pdf", sys_inputs={"data": document}, pdf_standards="ua-1", timestamp=int(stamp.made_at.timestamp())
        )
        assert isinstance(made, bytes)  # noqa: S101  for the type checker: a PDF is one file
        if len(PdfReader(BytesIO(made)).pages) == 1:
            return made
    raise ValueError("a brief does not fit on one page even when its lists are at their shortest")


@cache
def compiler() -> typst.Compiler:
    """Fonts are read once for each process; only those that come with the product are used."""
    fonts = [str(settings.BASE_DIR / "static" / "fonts" / "pdf")]
    return typst.Compiler(
        str(HERE / "page.typ"), root=str(HERE), font_paths=typst.Fonts(include_system_fonts=False, font_paths=fonts)
    )


def page_data(brief: Brief, stamp: Stamp, room: Mapping[str, int]) -> dict[str, Any]:
    """Everything the page shows as plain values: text stays text whatever stands in it."""
    language = get_language() or "en"
    return {
        "lang": language.split("-")[0],
        "site": SITE,
        "kicker": _("%(title)s · brief for principals") % {"title": brief.title},
        "document_title": f"{brief.title}: {brief.verdict} ({brief.marking.label})",
        "tlp": brief.marking.label,
        "marking": brief.marking.value,
        "verdict": brief.verdict,
        "why": brief.why,
        "also": also_of(brief, room),
        "facts": [[one.label, one.value, one.note] for one in brief.facts],
        "roadmap": roadmap(brief.phases[: room["phases"]], at=brief.at, is_past=brief.is_past),
        "ruler": ruler_words(),
        "sides": [list(side) for side in brief.sides],
        **{name: rows_of(brief, name, room[name]) for name in LIST_NAMES},
        "certainty": certainty_beside(brief, room["conditions"]),
        "entered_later": brief.entered_later,
        "words": words_of_page(brief),
        "max_lines": room["lines"],
        "footer": footer(brief, stamp),
        "link": stamp.link,
        "watermark": stamp.watermark,
        "glyphs": GLYPHS,
    }


def rows_of(brief: Brief, name: str, room: int) -> dict[str, Any]:
    """As many rows of a list as there is room for, and how many more there are."""
    rows = getattr(brief, name)
    more = len(rows) - room
    return {
        "rows": [_plain(row) for row in rows[:room]],
        "more": _("%(more)s more on the page of the negotiation") % {"more": more} if more > 0 else "",
    }


def certainty_beside(brief: Brief, room: int) -> str:
    """How sure it is, where no more of its conditions are listed than there is room for."""
    return " ".join(brief.certainty_beside(brief.conditions[:room]))


def also_of(brief: Brief, room: Mapping[str, int]) -> dict[str, Any]:
    """What actors require beside the text, each with as much of what is unmet as there is room for."""
    found = rows_of(brief, "also", room["also"])
    for row in found["rows"]:
        more = len(row["unmet"]) - room["unmet"]
        row["unmet"] = row["unmet"][: room["unmet"]]
        # The sentence has counted them where none is named.
        row["more"] = (
            ngettext("%(more)s more", "%(more)s more", more) % {"more": more} if more > 0 < room["unmet"] else ""
        )
    return found


def _plain(row: Any) -> Any:
    if isinstance(row, str):
        return row
    values = {name: getattr(row, name) for name in row.__dataclass_fields__}
    if "sides" in values:
        values["sides"] = [_plain(side) for side in values["sides"]]
    return values


def ruler_words() -> list[str]:
    return [_("Rejects"), _("Undecided"), _("Conditional"), _("Accepts")]


def words_of_page(brief: Brief) -> dict[str, str]:
    """The headings and the words that stand where a list is empty."""
    return {
        "conditions": brief.conditions_heading,
        "steps": _("What would open the gate"),
        "disputes": _("Open disputes"),
        "changes": _("Changed in the last 7 days"),
        "dates": _("Dates"),
        "certainty": _("How sure are we"),
        "ref": _("Ref"),
        "condition": _("Condition"),
        "status": _("Status"),
        "quantity": _("How much"),
        "grade": _("Grade"),
        "no_conditions": _("No open conditions."),
        "no_steps": _("The text names no next step."),
        "no_disputes": _("No open disputes."),
        "no_changes": _("Nothing was recorded in these days."),
        "no_dates": _("Nothing dated lies ahead."),
        "note": _("Grades: reliability of the source A–F, credibility 1–6. Parties are listed A–Z by English name."),
        "proof": _("Proof"),
    }


def footer(brief: Brief, stamp: Stamp) -> str:
    return " · ".join(_footer(brief, stamp))


def _footer(brief: Brief, stamp: Stamp) -> Iterator[str]:
    yield _("Ceasefire Negotiation Tracker")
    yield _("made %(moment)s") % {"moment": moment(stamp.made_at)}
    yield _("as of %(moment)s") % {"moment": moment(brief.at)}
    if stamp.known_at is not None:
        yield _("as known on %(moment)s") % {"moment": moment(stamp.known_at)}
    if brief.marking == Marking.CLEAR:
        yield settings.DATA_LICENSE


def moment(at: datetime) -> str:
    local = localtime(at)
    # The comma of the language stands between the day and the hour.
    return _(", ").join((date_format(local, "j M Y"), f"{local:%H:%M} {local.strftime('UTC%z')[:6]}"))
