"""The outbox: every entry is handed once to each reader outside its transaction."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from negotiations.models import Entry, OutboxRow

BATCH = 200
Consumer = Callable[[Entry], None]
_consumers: list[Consumer] = []


def register_consumer(consumer: Consumer) -> None:
    """Have `consumer` hear of every entry. It runs inside the sweep's transaction and may run again
    after a failure, so whatever it does must be safe to repeat. Features register at start-up.
    """
    if consumer not in _consumers:
        _consumers.append(consumer)


def sweep() -> int:
    """Hand a batch of waiting entries to the consumers, in order of insertion; returns how many.

    Rows that another worker holds are skipped. A consumer that fails leaves its batch waiting.
    """
    with transaction.atomic():
        waiting = (
            OutboxRow.objects.select_for_update(skip_locked=True, of=("self",))
            .filter(done_at__isnull=True)
            .select_related("entry")
            .order_by("entry_id")[:BATCH]
        )
        rows = list(waiting)
        for row in rows:
            for consumer in _consumers:
                consumer(row.entry)
        OutboxRow.objects.filter(pk__in=[row.pk for row in rows]).update(done_at=timezone.now())
    return len(rows)
