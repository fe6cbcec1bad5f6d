"""Every Celery task, three to six lines each."""

import time

import redis
from celery import shared_task
from django.conf import settings
from django.utils import timezone

from negotiations.digests.deliver import deliver_due
from negotiations.digests.marks import BATCH
from negotiations.digests.windows import close_windows
from negotiations.exports.jobs import make_next
from negotiations.imports.batches import forget_files
from negotiations.services.attempts import forget_old_attempts
from negotiations.services.books import look_through
from negotiations.services.clock import tell_flips
from negotiations.services.embargo import release_due
from negotiations.services.export_job import forget_exports
from negotiations.services.fence import keep_fence
from negotiations.services.outbox import sweep
from negotiations.services.sent_once import forget_old
from negotiations.webhooks.deliver import deliver_due as deliver_due_to_webhooks
from negotiations.webhooks.forgetting import forget_webhook_log


@shared_task(ignore_result=True)
def heartbeat(queue: str = "maintenance") -> None:
    """Leave the time in Redis: readiness then shows that beat, broker and the workers of this queue run."""
    with redis.Redis.from_url(settings.REDIS_CACHE_URL) as client:
        client.set(f"{settings.HEARTBEAT_KEY}:{queue}", int(time.time()))


@shared_task(ignore_result=True)
def sweep_outbox() -> None:
    """Hand waiting entries to their readers until none is left; safe to run twice at once."""
    while keep_fence(timezone.now()) and sweep():
        pass
    deliver_webhooks.apply_async(expires=60)


@shared_task(ignore_result=True)
def tick() -> None:
    """Do what became due by the clock alone."""
    now = timezone.now()
    release_due(now)
    tell_flips(now)
    forget_old(now)
    forget_old_attempts(now)
    forget_files(now)
    forget_exports(now)
    look_through(now)
    make_exports.apply_async(expires=30)


@shared_task(ignore_result=True)
def deliver_webhooks() -> None:
    """Deliver what is due to webhooks; safe to run twice at once, and cut off anywhere."""
    if keep_fence(timezone.now()):
        deliver_due_to_webhooks()


@shared_task(ignore_result=True)
def forget() -> None:
    """Remove what was kept for a stated time; a run that is cut off is gone on with by the next."""
    forget_webhook_log(timezone.now())


@shared_task(ignore_result=True)
def send_digests() -> None:
    """Close the windows that are due and send what is, with a second process where that is much.

    Safe to run twice at once, and cut off anywhere.
    """
    if keep_fence(timezone.now()):
        if close_windows(timezone.now()) > BATCH:
            send_waiting.apply_async(expires=15)
        deliver_due()


@shared_task(ignore_result=True)
def send_waiting() -> None:
    """Send what is due beside whoever sends already; safe to run twice at once, and cut off anywhere."""
    if keep_fence(timezone.now()):
        deliver_due()


@shared_task(ignore_result=True)
def make_exports() -> None:
    """Make the large file that waits longest, and ring for the next: each has the whole time limit to itself.

    Safe to run twice at once, and begun anew where a worker was lost.
    """
    if make_next():
        make_exports.apply_async(expires=60)
