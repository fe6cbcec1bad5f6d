"""Many acts in one transaction: all of them are written, or none."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from negotiations.models import Negotiation

from .locking import lock_stream


@contextmanager
def together(negotiation: Negotiation) -> Iterator[None]:
    """One transaction with the negotiation's stream locked from its beginning.

    Whatever is written inside, also to the registry, comes after that lock: two that ran at once
    could otherwise wait for each other.
    """
    with transaction.atomic():
        lock_stream(negotiation)
        yield
