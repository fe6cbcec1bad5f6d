"""Redis as the interface uses it: asked in one round-trip, never waited for, done without while it is away."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cache
from typing import Any

import redis
import structlog
from django.conf import settings
from redis.backoff import NoBackoff
from redis.client import Pipeline
from redis.retry import Retry

log = structlog.get_logger(__name__)
TIMEOUT_S = 0.25
# For so long nobody asks again after it failed: a reader waits for it once, not each time.
AWAY_S = 5.0


class Shelf:
    """One process's way to Redis."""

    def __init__(self, url: str) -> None:
        self._client = redis.Redis.from_url(
            url,
            socket_timeout=TIMEOUT_S,
            socket_connect_timeout=TIMEOUT_S,
            retry=Retry(NoBackoff(), 0),
            retry_on_error=[],
        )
        self._away_until = 0.0

    def ask(self, fill: Callable[[Pipeline], Any], *, together: bool = False) -> list[Any] | None:
        """The answers to the commands that `fill` puts in, None while Redis is away.

        `together` has nobody see only some of them done.
        """
        if time.monotonic() < self._away_until:
            return None
        pipeline = self._client.pipeline(transaction=together)
        try:
            fill(pipeline)
            found: list[Any] = pipeline.execute()
        except (redis.RedisError, OSError) as lost:
            self._away_until = time.monotonic() + AWAY_S
            self._client.connection_pool.disconnect()
            log.warning("shelf.away", error=type(lost).__name__)
            return None
        return found

    def believe_back(self) -> None:
        """Ask again from now on."""
        self._away_until = 0.0


@cache
def shelf_at(url: str) -> Shelf:
    return Shelf(url)


def shelf() -> Shelf:
    """This process's shelf, at the address that the settings name."""
    return shelf_at(settings.REDIS_CACHE_URL)
