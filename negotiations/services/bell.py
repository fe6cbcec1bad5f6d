"""The bell: tells the workers that a row waits. The row is the queue; a bell nobody hears loses nothing."""

from __future__ import annotations

import os
import threading
import time

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
    """Have a worker look at the outbox soon. Returns at once: nobody who saved waits for the broker."""
    _ringer().wanted.set()


# Seconds between two rings: a worker takes all rows that wait, and a burst of writes needs no ring for each.
PAUSE = 0.5


class Ringer(threading.Thread):
    """Rings for one process, at once; wishes that come until a short while after are one more ring."""

    def __init__(self) -> None:
        super().__init__(name="bell", daemon=True)
        self.process = os.getpid()
        self.wanted = threading.Event()

    def run(self) -> None:
        while True:
            self.wanted.wait()
            self.wanted.clear()
            tell_worker()
            time.sleep(PAUSE)


def tell_worker() -> None:
    """Ask a worker to look at the outbox; when the broker is away the sweep finds the row later."""
    try:
        current_app.send_task("negotiations.tasks.sweep_outbox", retry=False)
    except (OperationalError, OSError) as unheard:
        log.warning("bell.unheard", error=type(unheard).__name__)


_lock = threading.Lock()
_known: list[Ringer] = []


def _ringer() -> Ringer:
    """The thread of this process; a fork leaves threads behind, so a child starts its own."""
    with _lock:
        if not _known or _known[0].process != os.getpid() or not _known[0].is_alive():
            _known[:] = [Ringer()]
            _known[0].start()
        return _known[0]
