"""Sorts the news of a window into the sections of a mail, each entry into one, in an order that never varies."""

from __future__ import annotations

from collections.abc import Iterator

from negotiations.models import Entry
from negotiations.rules.codes import Urgency
from negotiations.selectors.change_words import field_changes

from .content import Kind, Row, Section
from .due import due
from .holding import holds
from .moves import joined, moves
from .news import News, arrow
from .sayings import claims, positions

MOST = 12
FIELDS = 4


def sections(news: News) -> tuple[Section, ...]:
    """Every section that has a row; those longer than `MOST` are cut and say how much more there is."""
    found: dict[Kind, list[Row]] = {}
    for kind, row in _rows(news):
        found.setdefault(kind, []).append(row)
    return tuple(
        Section(kind, tuple(found[kind][:MOST]), max(len(found[kind]) - MOST, 0)) for kind in Kind if kind in found
    )


def _rows(news: News) -> Iterator[tuple[Kind, Row]]:
    yield from moves(news)
    yield from due(news)
    yield from claims(news)
    yield from positions(news)
    # What follows from changes is told to who follows the whole negotiation, not to who asked for one kind of news.
    if news.wishes.is_whole and news.wishes.least_urgency != Urgency.URGENT:
        yield from holds(news)
    for entry in [entry for entry in news.entries if entry.pk not in news.taken]:
        yield Kind.OTHER, other(news, entry)


def other(news: News, entry: Entry) -> Row:
    """An entry by its verb, with the first fields it changed."""
    line = news.lines[entry.pk]
    if line.change:
        return news.row([entry], before=line.change.before, after=line.change.after)
    payload = getattr(entry, "payload", None)
    changes = {} if payload is None or entry.subject_version == 1 else payload.changes
    changed = field_changes(entry.subject_type, changes)[:FIELDS]
    details = tuple(
        joined(field.label, f"{field.before} {arrow()} {field.after}".strip() if field.before or field.after else "")
        for field in changed
    )
    return news.row([entry], note=line.says, details=details)
