"""The product's settings as a server of the benchmarks needs them: its own addresses, no limits in the way."""

from __future__ import annotations

from tests.settings import *  # noqa: F403

ROOT_URLCONF = "tests.benchmarks.urls"
