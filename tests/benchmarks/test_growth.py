"""Reading what blocks a negotiation takes the same queries at any size and grows about linearly.

`script/test --full` runs it small; `script/bench` at full size, with its own sizes and rounds.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

import pytest
from django.db import transaction

from tests.cast import assemble

from .big import big_negotiation
from .growth import Growth, measure, read_document, read_readiness
from .rounds import IS_BENCH, tell

SIZES = [int(size) for size in os.environ.get("BENCH_SIZES", "50,200").split(",")]
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "3"))
READS = {"readiness": read_readiness, "document": read_document}
# Per condition, against the smallest size; a quarter above one is noise on a shared machine.
MOST = 1.25

pytestmark = [
    pytest.mark.full,
    pytest.mark.django_db,
    pytest.mark.skipif(not IS_BENCH and os.environ.get("TEST_FULL") != "true", reason="runs with --full"),
]


def test_readiness_grows_about_linearly_with_constant_queries() -> None:
    with transaction.atomic():
        cast = assemble()
        sizes = {size: big_negotiation(size, cast) for size in SIZES}
        found = {name: measure(read, sizes, rounds=ROUNDS) for name, read in READS.items()}
        transaction.set_rollback(True)
    _tell(found)
    assert all(len({one.queries for one in grown}) == 1 for grown in found.values())
    assert all(one.quartiles[1] <= MOST for grown in found.values() for one in grown)


def _tell(found: Mapping[str, list[Growth]]) -> None:
    for name, grown in found.items():
        tell(name, [one.told() for one in grown])
