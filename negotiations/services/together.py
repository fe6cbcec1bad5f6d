"""Many acts in one transaction: all of them are written, or none."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from negotiations.models import Negotiation, Stream


@contextmanager
def together(negotiation: Negotiation) -> Iterator[None]:
    """One transaction with the negotiation's stream locked from its beginning.

    Whatever is written inside, also to the registry, comes after that lock: two that ran at once
    could otherwise wait for each other.
    """
    with transaction.atomic():
        Stream.objects.select_for_update(no_key=True, of=("self",)).get(negotiation=negotiation)
        yield
