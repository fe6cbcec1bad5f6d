"""The end of coverage, moved once for many acts at once."""

from __future__ import annotations

from dataclasses import replace

from django.db.models import Max

from negotiations.history.moment import NOT_COVERAGE
from negotiations.models import Entry, Negotiation

from .act import Act
from .record import writing


def extend_coverage(negotiation: Negotiation, *, act: Act, after: int) -> None:
    """Move the end of coverage to the latest of the entries that follow number `after` and that every reader may see.

    One entry tells it, however many acts there were. Writes nothing while the negotiation is followed
    live, and where its coverage reaches further.
    """
    end = Negotiation.objects.values_list("coverage_end", flat=True).get(pk=negotiation.pk)
    if end is None:
        return
    seen = Entry.objects.filter(negotiation=negotiation, seq__gt=after, marking=negotiation.marking)
    latest = seen.exclude(NOT_COVERAGE).aggregate(latest=Max("effective_at"))["latest"]
    if latest is None or latest <= end:
        return
    with writing(negotiation, replace(act, effective_at=latest)) as record:
        record.cover(record.lock(negotiation, None), latest)
