"""A negotiation's part of a mail, read and drawn once for all who get the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from .content import Content, Row
from .pieces import NOTHING, Piece, drawn
from .plain import block, dates_text, head_text, rows_text, section_text
from .wording import gate_words, lead_words

# The bar of entry conditions is as wide as the mail for many of them, and never coarser than this.
BAR, WIDEST = 480, 60


@dataclass(frozen=True, slots=True)
class Fragment:
    """What is shared of a negotiation's part: between its pieces stands what is one reader's own."""

    content: Content
    opening: Piece
    changes: Piece
    dates: Piece
    closing: Piece
    yours: Mapping[int, Piece] = field(default_factory=dict)


def fragment_of(content: Content) -> Fragment:
    """Draw a content in the language and zone that are active."""
    return Fragment(
        content=content,
        opening=_opening(content),
        changes=_changes(content),
        dates=_dates(content),
        closing=_closing(content),
        yours={owner: rows_piece(_("Yours to confirm"), rows, _("Review")) for owner, rows in content.yours.items()},
    )


def rows_piece(heading: str, rows: tuple[Row, ...], button: str = "") -> Piece:
    """Rows under a heading; with a button each to the page of its item."""
    return Piece(drawn("section", heading=heading, rows=rows, button=button), rows_text(heading, rows))


def counted_piece(words: str, href: str) -> Piece:
    """How many changes are not in the mail, and where they are."""
    link = _("Read in the tracker")
    return Piece(drawn("counted", words=words, href=href, link=link), block([words, f"{link}: {href}"]))


def between() -> Piece:
    """What stands between two negotiations."""
    return Piece(drawn("between"), "\n")


def _opening(content: Content) -> Piece:
    gates = content.headline.gates
    cell = min(WIDEST, max(BAR // len(gates) - 6, 8)) if gates else WIDEST
    html = drawn(
        "head",
        head=content.headline,
        lead=lead_words(content),
        gates=gate_words(content),
        cell=cell,
        most=round(cell * 0.6),
        rest=cell - round(cell * 0.6),
    )
    return Piece(html, head_text(content))


def _changes(content: Content) -> Piece:
    html = [
        drawn("section", heading=one.heading, rows=one.rows, more=one.more, more_href=content.changes_href)
        for one in content.sections
    ]
    return Piece("".join(html), "".join(section_text(one) for one in content.sections))


def _dates(content: Content) -> Piece:
    if not content.dates:
        return NOTHING
    lines = [
        {"day": date_format(localtime(one.at), "D j M Y"), "ref": one.ref, "title": one.title, "note": one.note}
        for one in content.dates
    ]
    return Piece(drawn("dates", dates=lines), dates_text(content.dates))


def _closing(content: Content) -> Piece:
    words, href = _("Open overview"), content.headline.href
    return Piece(drawn("open", words=words, href=href), block([f"{words}: {href}"]))
