"""What an address asks about; what cannot be asked about is a 400 in words."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from negotiations.history.moment import Moment, MomentRefused, moment_of_all, resolve
from negotiations.models import Negotiation
from negotiations.rules.asked import CLOCKS
from negotiations.rules.marking import Viewer
from negotiations.selectors.head import AskedOfAll


def asked_moment(request: HttpRequest, negotiation: Negotiation, viewer: Viewer, now: datetime) -> Moment:
    """What `as_of` and `known_at` in the address mean for this reader; raises BadRequest."""
    with refused_in_words():
        return resolve(negotiation, viewer, request.GET.get("as_of"), now, request.GET.get("known_at"))


def asked_of_all(request: HttpRequest, now: datetime) -> AskedOfAll:
    """What `as_of` and `known_at` ask of all negotiations together; raises BadRequest."""
    asked, known = (request.GET.get(clock, "").strip() for clock in CLOCKS)
    with refused_in_words():
        moment = moment_of_all(asked, now, known)
    return AskedOfAll(
        at=moment.at,
        known_at=moment.known_at,
        as_of_text=asked,
        known_text=known,
        is_day=bool(asked) and parse_date(asked) is not None,
        is_known_day=bool(known) and parse_date(known) is not None,
    )


@contextmanager
def refused_in_words() -> Iterator[None]:
    """Turn a moment that is refused into a BadRequest that says why."""
    try:
        yield
    except MomentRefused as refused:
        raise BadRequest(refused.message) from None


def one_of(request: HttpRequest, name: str, known: Collection[str]) -> str:
    """What the address says under a name, empty for nothing; raises BadRequest for what is not known."""
    asked = request.GET.get(name, "")
    return chosen(asked, known) if asked else ""


def chosen(asked: str, known: Collection[str]) -> str:
    """What was asked for; raises BadRequest where it is not one of those known."""
    if asked not in known:
        raise BadRequest(_("Choose from: %(names)s.") % {"names": ", ".join(known)})
    return asked
