"""Sorts the news of a window into the sections of a mail, each entry into one, in an order that never varies."""

from __future__ import annotations

from collections.abc import Iterator

from negotiations.models import Entry
from negotiations.rules.codes import Urgency
from negotiations.selectors.matching import RETRACTED

from .content import Kind, Row, Section
from .correcting import corrections, fields_in_words
from .due import due
from .holding import holds
from .moves import measure_told, moves
from .news import News
from .passing import passed
from .retracting import retraction
from .sayings import claims, positions

MOST = 12


def sections(news: News) -> tuple[Section, ...]:
    """Every section that has a row, with what is as it was last; those longer than `MOST` are cut and say so."""
    found: dict[Kind, list[Row]] = {}
    for kind, row in _rows(news):
        found.setdefault(kind, []).append(row)
    return tuple(_section(kind, found[kind]) for kind in Kind if kind in found)


def _section(kind: Kind, rows: list[Row]) -> Section:
    # Of what puts right what was sent nothing is left out.
    rows = sorted(rows, key=lambda row: row.is_back)
    most = len(rows) if kind is Kind.CORRECTED else MOST
    return Section(kind, tuple(rows[:most]), len(rows) - len(rows[:most]))


def _rows(news: News) -> Iterator[tuple[Kind, Row]]:
    yield from corrections(news)
    yield from passed(news)
    yield from moves(news)
    for entry in news.of_verbs("dispute.opened"):
        yield Kind.OPENED, other(news, entry)
    yield from due(news)
    yield from claims(news)
    yield from positions(news)
    # What follows from changes is told to who follows the whole negotiation, not to who asked for one kind of news.
    if news.wishes.is_whole and news.wishes.least_urgency != Urgency.URGENT:
        yield from holds(news)
    for entry in [entry for entry in news.entries if entry.pk not in news.taken]:
        yield Kind.OTHER, other(news, entry)


def other(news: News, entry: Entry) -> Row:
    """An entry by the status or the measure it changed, else by its verb; with the first fields it changed."""
    if entry.verb == RETRACTED:
        return retraction(news, entry)
    line, why = news.lines[entry.pk], news.reasons([entry])
    # A correction tells its status again where that stays as it was.
    if line.change and not line.change.is_same:
        return news.row([entry], before=line.change.before, after=line.change.after, details=why)
    payload = getattr(entry, "payload", None)
    changes = {} if payload is None or entry.subject_version == 1 else payload.changes
    details = (*fields_in_words(entry.subject_type, changes), *why)
    if line.value and changes:
        was, now = measure_told(news, entry)
        return news.row([entry], before=was, after=now, details=details)
    return news.row([entry], note=line.says_all, details=details)
