"""What came and went within a window: one line of what is no more, not the news of it and then its end."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from negotiations.models import Entry
from negotiations.rules.codes import ConditionStatus, IncidentStatus

from .content import Kind, Row
from .news import News

# Statuses by which an item is taken back that has no verb of its own for it.
GONE = frozenset({ConditionStatus.SUPERSEDED, IncidentStatus.WITHDRAWN})


def passed(news: News) -> Iterator[tuple[Kind, Row]]:
    """A row for each item that was recorded in the window and is taken back at its end."""
    for entries in news.by_subject.values():
        if entries[0].subject_version == 1 and _takes_back(entries[-1]) and not _is_told(news, entries):
            line = news.lines[entries[-1].pk]
            note = _("recorded, and taken back since")
            yield Kind.OTHER, news.row(entries, note=note, details=(line.reason,) if line.reason else (), is_back=True)


def _takes_back(entry: Entry) -> bool:
    if entry.verb.endswith(".withdrawn"):
        return True
    _before, after = entry.payload.changes.get("status") or (None, None)
    return after in GONE


def _is_told(news: News, entries: list[Entry]) -> bool:
    """Whether a section has told any of them already, as a correction of what was sent."""
    return any(entry.pk in news.taken for entry in entries)
