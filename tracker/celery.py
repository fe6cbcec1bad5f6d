"""The Celery application that worker and beat run."""

import os
from typing import Any

from celery import Celery
from celery.signals import setup_logging, worker_ready
from django.conf import settings
from django.utils.log import configure_logging

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")

app = Celery("tracker")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def log_as_django_does(**_: Any) -> None:
    """Worker and beat write the same lines as the web, without content."""
    configure_logging(settings.LOGGING_CONFIG, settings.LOGGING)


@worker_ready.connect
def beat_at_once(sender: Any, **_: Any) -> None:
    """A new worker proves itself through its queues at once, not at beat's next round."""
    for queue in sender.app.amqp.queues.consume_from:
        app.send_task("negotiations.tasks.heartbeat", [queue], queue=queue, expires=20)
