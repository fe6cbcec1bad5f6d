"""Settings for tests: the tracker's own, with less waiting and a pair of Redis databases per worker."""

from __future__ import annotations

import os

from tracker.settings import *  # noqa: F403
from tracker.settings import DATABASES, REDIS_URL, STORAGES, _redis_database

_worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
REDIS_DATABASE = 2 + 2 * _worker
REDIS_BROKER_URL = _redis_database(REDIS_URL, REDIS_DATABASE)
REDIS_CACHE_URL = _redis_database(REDIS_URL, REDIS_DATABASE + 1)
CELERY_BROKER_URL = REDIS_BROKER_URL.replace("unix://", "redis+socket://").replace("?db=", "?virtual_host=")

# Each worker's own, so that tests do not read each other's.
REDACTION_LEDGER = DATA_DIR / f"redactions-{_worker}"  # noqa: F405

# What a test writes is never committed, so the statistics of its tables say that they are empty: loops within
# loops, planned on that, take minutes. Measuring goes by the planner's own choice.
if "BENCH_SIZES" not in os.environ:
    DATABASES["default"]["OPTIONS"] = {"options": "-c enable_nestloop=off"}

# Finders serve static files; nothing has to be collected.
WHITENOISE_AUTOREFRESH = True
# Hashing is slow on purpose; no test is about that.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# The manifest needs collectstatic first.
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# Sent before the test looks.
MAIL_IN_BACKGROUND = False
# The launcher's address is plain http on the loopback; so is the test client's.
DEMO = False
# Tests ask as fast as they can; those of the limits set their own.
API_RATES = dict.fromkeys(API_RATES, (1_000_000, 60))  # noqa: F405
# Receivers of the tests listen on this machine; those of the product may not.
WEBHOOK_ALLOWED_NETWORKS = ["127.0.0.0/8"]
