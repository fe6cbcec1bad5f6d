"""What the health checks of the containers ask, in one short program without a shell or curl."""

from __future__ import annotations

import os
import sys
import time
import urllib.error
import urllib.request

import redis
from django.conf import settings

from tracker.queues import silent_for_s


def answers(url: str) -> bool:
    """Whether the address answers 200; the host name is one of ours, or Django would refuse it."""
    host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].strip().lstrip(".")
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers={"Host": host}), timeout=4) as answer:  # noqa: S310
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def has_heartbeat(queue: str) -> bool:
    """Whether a worker of the queue wrote its heartbeat a short while ago: beat, broker and worker all run then."""
    try:
        with redis.Redis.from_url(settings.REDIS_CACHE_URL, socket_timeout=3) as client:
            written = client.get(f"{settings.HEARTBEAT_KEY}:{queue}")
    except redis.RedisError:
        return False
    return isinstance(written, bytes) and time.time() - int(written) <= silent_for_s(queue)


if __name__ == "__main__":
    sys.exit(0 if (has_heartbeat(sys.argv[2]) if sys.argv[1] == "heartbeat" else answers(sys.argv[1])) else 1)
