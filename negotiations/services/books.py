"""Looks the books of alerts through as they grow, so that whoever opens them reads the last pages alone."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from negotiations.models import Books, Delivery
from negotiations.selectors.reconciliation import gaps_between

# Longer than any transaction that closes windows: by then no lower key can still come.
SETTLED_AFTER = timedelta(hours=1)
BATCH = 5000


def look_through(now: datetime) -> int:
    """Look through the next deliveries, at most BATCH; returns how many keys further the books are. Locks their row."""
    with transaction.atomic():
        Books.objects.get_or_create(pk=1)
        books = Books.objects.select_for_update(no_key=True).get(pk=1)
        rows = Delivery.objects.filter(pk__gt=books.upto, made_at__lt=now - SETTLED_AFTER).order_by("pk")
        upto = max(rows.values_list("pk", flat=True)[:BATCH], default=books.upto)
        further = upto - books.upto
        if further:
            books.gaps, books.upto = books.gaps + gaps_between(books.upto, upto), upto
            books.save(update_fields=["upto", "gaps"])
    return further
