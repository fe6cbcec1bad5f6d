"""What the clock brought about in a window: things that fell due, are near, or were not looked at."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from negotiations.models import Condition, Entry
from negotiations.selectors.movement import touched
from negotiations.selectors.reckoning import condition_line, status_label

from .content import Kind, Row
from .news import News, day_words, moment_words, row_of

OVERDUE, STALE = "condition.overdue", "condition.stale"
SOON = ("condition.due_soon", "condition.due_tomorrow")


def due(news: News) -> Iterator[tuple[Kind, Row]]:
    """What became overdue, apart by whether it moved meanwhile; what is due soon; what became stale."""
    for entry in news.of_verbs(OVERDUE):
        has_moved = any(touched(one) for one in news.by_subject[entry.subject_id])
        yield Kind.OVERDUE if has_moved else Kind.UNMOVED, _row(news, [entry])
    for told in _by_subject(news, *SOON):
        yield Kind.SOON, _row(news, told)
    for told in _by_subject(news, STALE):
        yield Kind.STALE, _row(news, told)


def _by_subject(news: News, *verbs: str) -> list[list[Entry]]:
    found: dict[object, list[Entry]] = {}
    for entry in news.of_verbs(*verbs):
        found.setdefault(entry.subject_id, []).append(entry)
    return list(found.values())


def _row(news: News, told: list[Entry]) -> Row:
    """The condition as it stands, with the moment it was or is due or was last looked at."""
    row = row_of(news.scene, told[-1].subject_id, Condition)
    if row is None:
        return news.row(told)
    line = condition_line(news.reckoning, row)
    if told[-1].verb == STALE:
        checked = line.fresh.checked_at
        note = _("last checked %(day)s") % {"day": day_words(checked)} if checked else _("never checked")
    else:
        note = _("due %(moment)s") % {"moment": moment_words(line.due_at)} if line.due_at else ""
    return news.row(told, after=status_label(row), glyph=row.status, note=note)
