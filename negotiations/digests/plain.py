"""A mail's parts as plain text: everything the HTML says, for whoever reads without it."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from .content import Content, DateAhead, Row, Section
from .moves import joined, joined_words
from .news import arrow, rightwards
from .wording import gate_words, lead_words


def head_text(content: Content) -> str:
    """The negotiation, its verdict, the lead and the entry conditions by their count."""
    head = content.headline
    lines = [head.title, head.sentence, *head.why, "", lead_words(content)]
    if head.gates:
        counts = "".join(joined_words(count, word) for count, word in gate_words(content))
        lines.append(joined(_("Gate %(number)s") % {"number": head.gate_number}, counts))
    return block(lines)


def section_text(section: Section) -> str:
    more = [_("and %(count)s more") % {"count": section.more}] if section.more else []
    return block([_heading(section.heading), *(row_text(row) for row in section.rows), *more])


def rows_text(heading: str, rows: Iterable[Row]) -> str:
    return block([_heading(heading), *(row_text(row) for row in rows)])


def row_text(row: Row) -> str:
    """One row: what and from what to what, below it what it rests on, then its address."""
    said = joined_words(row.before, arrow() if row.before else "", row.mark, row.after)
    said = joined(said, row.note)
    name = joined_words(row.ref, row.title)
    told = f"{name}: {said}" if said else name
    lines = [rightwards(f"* {told}"), *(rightwards(f"  {' '.join(line.split())}") for line in row.details)]
    below = joined(*row.meta, row.chip)
    lines += [line for line in (below and rightwards(f"  {below}"), row.href and f"  {row.href}") if line]
    return "\n".join(lines)


def dates_text(dates: Iterable[DateAhead]) -> str:
    lines = [
        rightwards(f"* {date_format(localtime(one.at), 'D j M Y')}: {joined(one.title, one.note)}") for one in dates
    ]
    return block([_heading(_("Dates ahead")), *lines]) if lines else ""


def block(lines: Iterable[str]) -> str:
    """Lines as a paragraph of their own."""
    return "\n".join(lines).rstrip() + "\n\n"


def _heading(words: str) -> str:
    return f"{words}\n{'-' * min(len(words), 60)}"
