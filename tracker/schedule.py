"""Which task goes to which queue, how long it may take, and how often beat rings for it."""

from __future__ import annotations

from typing import Any

from celery.schedules import crontab

from tracker.queues import AT_FILE_S, QUEUES

ROUTES = {
    "negotiations.tasks.tick": {"queue": "maintenance"},
    "negotiations.tasks.forget": {"queue": "maintenance"},
    "negotiations.tasks.sweep_outbox": {"queue": "maintenance"},
    "negotiations.tasks.send_*": {"queue": "mail"},
    "negotiations.tasks.deliver_*": {"queue": "webhooks"},
}
LIMITS = {
    "negotiations.tasks.heartbeat": {"time_limit": 30, "soft_time_limit": 20},
    "negotiations.tasks.make_exports": {"time_limit": AT_FILE_S, "soft_time_limit": AT_FILE_S - 60},
}
# What waited too long is dropped: the next round does the same work.
SCHEDULE: dict[str, Any] = {
    "tick": {"task": "negotiations.tasks.tick", "schedule": 30.0, "options": {"expires": 30}},
    "sweep_outbox": {"task": "negotiations.tasks.sweep_outbox", "schedule": 10.0, "options": {"expires": 10}},
    # By the clock: beat remembers nothing, so that one that restarts within the hour would never come to its end.
    "forget": {"task": "negotiations.tasks.forget", "schedule": crontab(minute="17"), "options": {"expires": 3600}},
    "send_digests": {"task": "negotiations.tasks.send_digests", "schedule": 15.0, "options": {"expires": 15}},
    **{
        f"heartbeat through {queue}": {
            "task": "negotiations.tasks.heartbeat",
            "schedule": 20.0,
            "args": [queue],
            "options": {"expires": 20, "queue": queue},
        }
        for queue in QUEUES
    },
}
