"""Every source a reader may see, over all negotiations."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count

from negotiations.models import Citation, Source
from negotiations.rules.marking import Viewer

from .sources import SourceRow, source_row
from .words import Words, words_of


@dataclass(frozen=True, slots=True)
class FoundSource:
    """A source with the negotiation it stands in."""

    row: SourceRow
    public_id: UUID
    negotiation_id: int
    slug: str
    negotiation: Words
    noun: str = "source"

    @property
    def marking(self) -> str:
        return self.row.marking


def all_sources(viewer: Viewer, *, now: datetime) -> list[FoundSource]:
    """All sources the reader may see today, newest published first: two queries for any number.

    Reprints are told of within one negotiation, as on its own page.
    """
    rows = list(Source.objects.visible_to(viewer).select_related("negotiation"))
    cited = Counter(
        dict(
            Citation.objects.visible_to(viewer)
            .filter(entry__effective_at__lte=now)
            .values_list("source")
            .annotate(times=Count("entry", distinct=True))
            .order_by()
        )
    )
    origins: defaultdict[tuple[int, str], list[str]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: row.pk):
        if row.origin:
            origins[row.negotiation_id, row.origin].append(row.ref)
    rows.sort(key=lambda row: (row.published_at.timestamp() if row.published_at else 0.0, row.pk), reverse=True)
    return [
        FoundSource(
            source_row(row, cited=cited[row.pk], together=origins.get((row.negotiation_id, row.origin), [])),
            row.public_id,
            row.negotiation_id,
            row.negotiation.slug,
            words_of(row.negotiation, "title"),
        )
        for row in rows
    ]
