"""How many requests a caller may make in a while: declared on every answer, counted in Redis or, without it, here."""

from __future__ import annotations

import ipaddress
import time
from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import ngettext
from redis.client import Pipeline

from .errors import Problem
from .shelf import shelf

# More callers than this in one window are not told apart by a process that has lost Redis.
REMEMBERED = 20_000


@dataclass(frozen=True, slots=True)
class Bucket:
    """Whose requests are counted together, how many they may be, in how many seconds."""

    scope: str
    whose: str
    most: int
    seconds: int

    def key(self, now: float) -> str:
        return f"limit:{self.scope}:{self.whose}:{int(now // self.seconds)}"


@dataclass(frozen=True, slots=True)
class Taken:
    """One request counted: how many are left until when."""

    bucket: Bucket
    count: int
    reset_s: int

    @property
    def is_over(self) -> bool:
        return self.count > self.bucket.most

    def headers(self) -> Mapping[str, str]:
        """As the IETF's draft names them."""
        most = self.bucket.most
        return {
            "RateLimit-Policy": f"{most};w={self.bucket.seconds};comment={self.bucket.scope}",
            "RateLimit-Limit": str(most),
            "RateLimit-Remaining": str(max(0, most - self.count)),
            "RateLimit-Reset": str(self.reset_s),
        }


class TooMany(Problem):
    """429; `wait` becomes Retry-After."""

    def __init__(self, taken: Taken) -> None:
        self.wait = taken.reset_s
        text = ngettext(
            "Too many requests: try again in %(seconds)s second.",
            "Too many requests: try again in %(seconds)s seconds.",
            taken.reset_s,
        )
        super().__init__(429, "rate_limited", text % {"seconds": taken.reset_s})


class LocalCounts:
    """What one process counts while Redis is away: as many for each of its callers as Redis would allow all."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._counts: dict[str, int] = {}

    def count(self, key: str) -> int:
        with self._lock:
            if len(self._counts) >= REMEMBERED and key not in self._counts:
                self._counts.clear()
            self._counts[key] = found = self._counts.get(key, 0) + 1
            return found


_local = LocalCounts()


def bucket_of(request: HttpRequest, *, token_id: int | None = None, user_id: int | None = None) -> Bucket:
    """A token's own, else a signed-in person's own, else that of the address."""
    if token_id is not None:
        scope, whose = "token", str(token_id)
    elif user_id is not None:
        scope, whose = "session", str(user_id)
    else:
        scope, whose = "anonymous", address_of(request)
    most, seconds = settings.API_RATES[scope]
    return Bucket(scope, whose, most, seconds)


def address_of(request: HttpRequest) -> str:
    """Where the request comes from, as the nearest proxy says where one is trusted; an IPv6 caller is its /64."""
    found = request.META.get("REMOTE_ADDR", "")
    if settings.TRUST_PROXY and (forwarded := request.META.get("HTTP_X_FORWARDED_FOR", "")):
        found = forwarded.rsplit(",", 1)[-1].strip()
    try:
        address = ipaddress.ip_address(found)
    except ValueError:
        return "unknown"
    if address.version == 6:
        return str(ipaddress.ip_network((address, 64), strict=False).network_address)
    return str(address)


def fill(pipeline: Pipeline, bucket: Bucket, now: float) -> None:
    """Count the request among other commands; its count is the first answer."""
    key = bucket.key(now)
    pipeline.incr(key)
    pipeline.expire(key, 2 * bucket.seconds)


def taken_by(bucket: Bucket, now: float, found: list[object] | None) -> Taken:
    """What Redis counted, or this process where Redis said nothing."""
    count = found[0] if found else _local.count(bucket.key(now))
    reset = bucket.seconds - int(now % bucket.seconds)
    return Taken(bucket, int(str(count)), max(1, reset))


def take(bucket: Bucket) -> Taken:
    """Count one request, in a round-trip of its own."""
    now = time.time()
    return taken_by(bucket, now, shelf().ask(lambda pipeline: fill(pipeline, bucket, now)))


def declare(response: HttpResponseBase, taken: Taken | None) -> None:
    """Tell the caller the limit and what is left of it."""
    for name, value in (taken.headers() if taken else {}).items():
        response.headers[name] = value
