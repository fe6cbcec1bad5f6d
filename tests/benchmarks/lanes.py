"""Processes that send what is due side by side, as the mail worker's do, each with connections of its own."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from multiprocessing.connection import Connection

from django.db import connection

from negotiations.digests.deliver import deliver_due

Send = Callable[[datetime], int]
FOREVER = timedelta(hours=1)


@contextmanager
def lanes(many: int) -> Iterator[Send]:
    """Sends what is due at a moment over so many lanes and says how much that was; they live until the block ends."""
    fork = multiprocessing.get_context("fork")
    # No child may hold the connection of its parent.
    connection.close()
    ways, processes = [], []
    for _number in range(many):
        mine, theirs = fork.Pipe()
        process = fork.Process(target=attend, args=(theirs,), daemon=True)
        process.start()
        ways.append(mine)
        processes.append(process)

    def send(at: datetime) -> int:
        for way in ways:
            way.send(at)
        return sum(way.recv() for way in ways)

    try:
        yield send
    finally:
        for process in processes:
            process.terminate()
            process.join()


def attend(way: Connection) -> None:
    while True:
        way.send(deliver(way.recv()))


def deliver(at: datetime) -> int:
    """Send what is due at a moment, all of it."""
    return deliver_due(clock=lambda: at + timedelta(seconds=1), within=FOREVER)
