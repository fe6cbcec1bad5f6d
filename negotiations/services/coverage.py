"""The end of coverage, moved once for many acts at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db.models import Max

from negotiations.history.moment import NOT_COVERAGE, following
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


def put_coverage_back(moved: Entry, *, act: Act) -> None:
    """Take back that an entry moved the end of coverage; to be used once what it rested on is taken back.

    The end goes back to where it was, or to the latest that every reader may see since. Writes nothing
    where something later set it.
    """
    assert moved.negotiation is not None  # noqa: S101  the registry has no coverage
    negotiation = moved.negotiation
    since = Entry.objects.filter(negotiation=negotiation, seq__gt=moved.seq)
    if since.filter(subject_id=negotiation.public_id, payload__changes__has_key="coverage_end").exists():
        return
    before = datetime.fromisoformat(moved.payload.changes["coverage_end"][0])
    seen = following(since.filter(marking=negotiation.marking)).aggregate(latest=Max("effective_at"))["latest"]
    with writing(negotiation, replace(act, effective_at=moved.effective_at)) as record:
        end = max(before, seen or before)
        record.change(record.lock(negotiation, None), "entry.undone", supersedes=moved, coverage_end=end)
