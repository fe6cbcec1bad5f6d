"""Two questions a machine asks: is the process up, and can it do its work."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import redis
from django.apps import apps
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tracker.queues import QUEUES, silent_for_s

OUTBOX_MAX_AGE_S = 300

Part = dict[str, Any]


@never_cache
@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
def readyz(_request: HttpRequest) -> HttpResponse:
    """200 when every part works, otherwise 503; each part says what is wrong with it, never more."""
    parts: dict[str, Callable[[], Part]] = {
        "database": _database,
        "migrations": _migrations,
        "redis": _redis,
        "worker": _worker,
        "outbox": _outbox,
    }
    found = {name: _safely(part) for name, part in parts.items()}
    is_ready = all(part["ok"] for part in found.values())
    return JsonResponse({"ready": is_ready, "parts": found}, status=200 if is_ready else 503)


def _safely(part: Callable[[], Part]) -> Part:
    try:
        return part()
    except (Error, redis.RedisError, OSError) as error:
        # The type alone: messages of drivers name hosts and accounts.
        return {"ok": False, "error": type(error).__name__}


def _database() -> Part:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return {"ok": True}


def _migrations() -> Part:
    executor = MigrationExecutor(connection)
    missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    return {"ok": missing == 0, "missing": missing}


def _client() -> redis.Redis:
    return redis.Redis.from_url(settings.REDIS_CACHE_URL, socket_timeout=1, socket_connect_timeout=1)


def _redis() -> Part:
    with _client() as client:
        return {"ok": bool(client.ping())}


def _worker() -> Part:
    """Age of the last heartbeat through each queue, which beat sent and a worker of that queue wrote."""
    with _client() as client:
        written: Any = client.mget([f"{settings.HEARTBEAT_KEY}:{queue}" for queue in QUEUES])
    queues = {queue: _heard(queue, when) for queue, when in zip(QUEUES, written, strict=True)}
    return {"ok": all(part["ok"] for part in queues.values()), "queues": queues}


def _heard(queue: str, written: bytes | None) -> Part:
    if written is None:
        return {"ok": False, "error": "no heartbeat yet"}
    age = max(0, int(time.time()) - int(written))
    return {"ok": age <= silent_for_s(queue), "age_s": age}


def _outbox() -> Part:
    """Age of the oldest row that waits to be sent; the sweep should have had it long before."""
    try:
        model = apps.get_model("negotiations", "OutboxRow")
    except LookupError:
        return {"ok": True, "age_s": 0}
    oldest = model.objects.using(DEFAULT_DB_ALIAS).filter(done_at=None).order_by("created_at").first()
    age = int((timezone.now() - oldest.created_at).total_seconds()) if oldest else 0
    return {"ok": age <= OUTBOX_MAX_AGE_S, "age_s": age}
