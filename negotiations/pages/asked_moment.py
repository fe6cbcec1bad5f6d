"""The moment that an address asks about; one that cannot be asked about is a 400 in words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.core.exceptions import BadRequest
from django.http import HttpRequest

from negotiations.history.moment import Moment, MomentRefused, resolve
from negotiations.models import Negotiation
from negotiations.rules.marking import Viewer


def asked_moment(request: HttpRequest, negotiation: Negotiation, viewer: Viewer, now: datetime) -> Moment:
    """What `as_of` and `known_at` in the address mean for this reader; raises BadRequest."""
    with refused_in_words():
        return resolve(negotiation, viewer, request.GET.get("as_of"), now, request.GET.get("known_at"))


@contextmanager
def refused_in_words() -> Iterator[None]:
    """Turn a moment that is refused into a BadRequest that says why."""
    try:
        yield
    except MomentRefused as refused:
        raise BadRequest(refused.message) from None
