"""The queues of the workers, who serves them, and how long each may be silent."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Workers:
    """One group of worker processes that serves one queue and no other: what is slow there holds up nobody else."""

    name: str
    queue: str
    processes: int


# The clock and the outbox; mail; webhooks; long work that somebody waits for.
GROUPS = (
    Workers("worker", "maintenance", 2),
    Workers("worker-mail", "mail", 2),
    Workers("worker-webhooks", "webhooks", 2),
    Workers("worker-default", "default", 1),
)
QUEUES = tuple(group.queue for group in GROUPS)

# Beat rings every 20 s; three rounds may be lost to a restart before somebody should look. Where every
# process may be at work until its time limit, that long more.
PATIENCE_S, AT_WORK_S = 75, 300
# One large file may take longer.
AT_FILE_S = 840


def silent_for_s(queue: str) -> int:
    """Seconds without a heartbeat after which a queue counts as deaf."""
    at_work = {"maintenance": 0, "default": AT_FILE_S}
    return PATIENCE_S + at_work.get(queue, AT_WORK_S)


def arguments(group: Workers) -> list[str]:
    """What follows `celery --app tracker`, here and in docker-compose.yml."""
    return [
        *("worker", "--queues", group.queue, "--concurrency", str(group.processes), "--loglevel", "INFO"),
        *("--without-gossip", "--without-mingle"),
    ]
