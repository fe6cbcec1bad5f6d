"""Tasks for tests of the workers: each says that it began and waits until the test lets it end."""

from __future__ import annotations

import os

import redis
from celery import shared_task
from django.conf import settings

# Longer than any test lets it wait, shorter than a run that hangs.
PATIENCE_S = 120


@shared_task(ignore_result=True)
def wait_for_word(name: str) -> None:
    """Say `begun:<name>`, wait for `go:<name>`, say `done:<name>`; each is a list in the cache's database."""
    with redis.Redis.from_url(settings.REDIS_CACHE_URL, socket_timeout=2 * PATIENCE_S) as client:
        client.rpush(f"begun:{name}", os.getpid())
        if client.blpop([f"go:{name}"], timeout=PATIENCE_S):
            client.rpush(f"done:{name}", os.getpid())
