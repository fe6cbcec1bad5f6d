"""Sends one signed message to one address and says what came of it; it never raises for what a receiver does."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import cache
from http.client import HTTPException
from typing import Any
from urllib.parse import SplitResult, urlsplit

import structlog
from urllib3.exceptions import HTTPError, SSLError
from urllib3.exceptions import TimeoutError as TooSlow

from negotiations.rules.codes import AttemptTrouble
from negotiations.rules.networks import Network

from .door import AddressNotAllowed, Deadline, Door, Resolve, connection_to, resolved

log = structlog.get_logger(__name__)
AGENT = "ceasefire-tracker-webhooks/1"
# The whole of one try, from the name to the end of the answer.
PATIENCE_S = 15.0
# An answer says nothing that is used: more of it than this is left unread.
ANSWER_MAX = 16 * 1024
# What a name, a network, a peer or an answer can make of a try.
FAILURES = (AddressNotAllowed, OSError, ValueError, HTTPException, HTTPError)
# Longer numbers are no seconds.
DIGITS_MAX = 9


@dataclass(frozen=True, slots=True)
class Parcel:
    """A message ready to be handed over; what it says and where it goes stay out of every log."""

    url: str = field(repr=False)
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one try: the status that was answered, if any, and the trouble, empty where it was taken."""

    trouble: str = ""
    status: int | None = None
    took_ms: int = 0
    retry_after: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Sender:
    """Hands parcels over. Tests bring a resolver and a TLS context of their own."""

    allowed: tuple[Network, ...] = ()
    resolve: Resolve = resolved
    context: ssl.SSLContext | None = None
    patience_s: float = PATIENCE_S

    def post(self, parcel: Parcel) -> Outcome:
        """Post it once, without following anything."""
        began = time.monotonic()
        with Deadline(self.patience_s) as deadline:
            try:
                status, retry_after = self._posted(parcel, Door(self.resolve, self.allowed, deadline))
                outcome = Outcome(trouble_of_status(status), status, retry_after=retry_after)
            except FAILURES as failed:
                outcome = Outcome(trouble_of(failed))
            if deadline.has_passed:
                # Whatever was read then ended because we ended it.
                outcome = Outcome(AttemptTrouble.TIMEOUT)
        return replace(outcome, took_ms=round((time.monotonic() - began) * 1000))

    def _posted(self, parcel: Parcel, door: Door) -> tuple[int, timedelta | None]:
        parts = urlsplit(parcel.url)
        context = (self.context or system_context()) if parts.scheme == "https" else None
        with closing(connection_to(parts.hostname or "", parts.port, door=door, context=context)) as connection:
            connection.request(
                "POST", target_of(parts), body=parcel.body, headers=parcel.headers, preload_content=False,
                decode_content=False,
            )  # fmt: skip
            answer = connection.getresponse()
            wait = retry_after_of(answer.headers.get("Retry-After", ""), now=datetime.now(UTC))
            read_some(answer)
            return answer.status, wait


def read_some(answer: Any) -> None:
    """Read the answer up to its end or the limit; raises where it breaks off before its end."""
    left = ANSWER_MAX
    while left > 0 and (piece := answer.read(min(left, 4096))):
        left -= len(piece)


@cache
def system_context() -> ssl.SSLContext:
    """The system's authorities; names and certificates are checked."""
    return ssl.create_default_context()


def target_of(parts: SplitResult) -> str:
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def trouble_of(failed: Exception) -> str:
    """What an exception on the way out stands for."""
    match failed:
        case AddressNotAllowed():
            return AttemptTrouble.ADDRESS
        case socket.gaierror() | UnicodeError():
            return AttemptTrouble.UNRESOLVED
        case ssl.SSLCertVerificationError() | SSLError() | ssl.SSLError():
            return AttemptTrouble.CERTIFICATE
        case TimeoutError() | TooSlow():
            return AttemptTrouble.TIMEOUT
    log.info("webhook.unreachable", error=type(failed).__name__)
    return AttemptTrouble.UNREACHABLE


def trouble_of_status(status: int) -> str:
    """What an answer means; empty where the message was taken."""
    if 200 <= status < 300:
        return ""
    if status == 410:
        return AttemptTrouble.GONE
    return AttemptTrouble.REDIRECT if 300 <= status < 400 else AttemptTrouble.STATUS


def retry_after_of(text: str, *, now: datetime) -> timedelta | None:
    """How long a receiver asks to wait, in seconds or until a date; None for what is neither."""
    if text.isascii() and text.isdecimal() and len(text) <= DIGITS_MAX:
        return timedelta(seconds=int(text))
    try:
        until = parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(until - now, timedelta())
