"""Every Celery task, three to six lines each."""

import time

import redis
from celery import shared_task
from django.conf import settings


@shared_task(ignore_result=True)
def heartbeat() -> None:
    """Leave the time in Redis: readiness then shows that beat, broker and worker all run."""
    with redis.Redis.from_url(settings.REDIS_CACHE_URL) as client:
        client.set(settings.HEARTBEAT_KEY, int(time.time()))
