"""Sources of the demonstration: graded documents, with an address only where it is known in full."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from negotiations.rules.codes import Reliability, SourceKind

from .row import Row, row


@dataclass(frozen=True, slots=True)
class Document:
    """A source as the tables list it; `origin` groups reprints of one report."""

    key: str
    publisher: str
    title: str
    published_at: datetime | None
    reliability: Reliability
    url: str = ""
    kind: SourceKind = SourceKind.NEWS_REPORT
    origin: str = ""


def on_shelf(documents: Iterable[Document], start: datetime, end: datetime) -> Iterable[Row]:
    """The rows that add the documents, within the coverage from `start` to `end`.

    What bears no date is told as of the start; what came out later still is told as of the end, known
    when it came out, because a later entry would move the end of coverage.
    """
    for one in documents:
        published = one.published_at or start
        yield row(
            one.key,
            at=min(published, end),
            known=published,
            publisher=one.publisher,
            title=one.title,
            published_at=one.published_at,
            reliability=one.reliability,
            url=one.url,
            kind=one.kind,
            origin=one.origin,
        )


def evening(day: datetime) -> datetime:
    """When a day's reports are out: six hours after noon."""
    return day + timedelta(hours=6)
