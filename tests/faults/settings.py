"""Settings of the workers that fault tests kill: the tracker's own, rung more often, with stop points."""

from __future__ import annotations

from tracker.settings import *  # noqa: F403
from tracker.settings import CELERY_BEAT_SCHEDULE as ORDINARY

# Listens to the marked steps of delivery and cuts the worker off where a test says so.
CELERY_IMPORTS = ("tests.faults.stops",)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CELERY_BEAT_SCHEDULE = {
    name: {**ORDINARY[name], "schedule": 1.0, "options": {"expires": 5}} for name in ("sweep_outbox", "send_digests")
}
# What the tick does for files that wait.
CELERY_BEAT_SCHEDULE["make_exports"] = {
    "task": "negotiations.tasks.make_exports",
    "schedule": 1.0,
    "options": {"expires": 5},
}
EMAIL_TIMEOUT = 8
# Receivers of these tests listen on this machine.
WEBHOOK_ALLOWED_NETWORKS = ["127.0.0.0/8"]
