"""The bell: tells the workers that a row waits. The row is the queue; a bell nobody hears loses nothing."""

from __future__ import annotations

import structlog
from celery import current_app
from django.db import connection, transaction
from kombu.exceptions import OperationalError

log = structlog.get_logger(__name__)


def ring_once_committed() -> None:
    """Ring when the transaction commits, once however many entries it writes."""
    if all(waiting[1] is not ring for waiting in connection.run_on_commit):
        transaction.on_commit(ring)


def ring() -> None:
    """Ask a worker to look at the outbox now; when the broker is away the sweep finds the row later."""
    try:
        current_app.send_task("negotiations.tasks.sweep_outbox", retry=False)
    except (OperationalError, OSError) as unheard:
        log.warning("bell.unheard", error=type(unheard).__name__)
