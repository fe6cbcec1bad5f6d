"""Sending personalised digests: claimed, written, handed over and marked, against sending what is already written."""

from __future__ import annotations

import os
import resource
import smtplib
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import count, cycle, islice
from typing import Any

import pytest
from django.db import connection
from pytest_django.fixtures import Settings

from negotiations.digests.marks import BATCH, GROUP
from negotiations.models import Delivery
from negotiations.rules.codes import DeliveryState
from tracker.queues import GROUPS

from .lanes import Send, deliver, lanes
from .mailing import DUE, Mailing, mailing
from .rounds import IS_BENCH, ROUNDS, Variant, compare, judge, tell
from .sink import sink

# What is read and drawn once weighs as it does in a real mailing: by all who get it.
READERS = int(os.environ.get("BENCH_READERS", "10000")) if IS_BENCH else 10
# As the mail worker runs it (tracker/queues.py); one lane is told as well.
PROCESSES = next(group.processes for group in GROUPS if group.queue == "mail")
WANTED = {"whole path": 0.6}
# What sending all of them may take more memory than sending the first batch did, in KiB.
GROWTH = 20_000
# Statements for a batch whatever it holds, for a few that leave under one mark, and for one message.
FOR_A_BATCH, FOR_A_GROUP, FOR_A_MESSAGE = 16, 1, 1


@pytest.fixture
def port(settings: Settings) -> Iterator[int]:
    with sink() as port:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        yield port


@pytest.fixture
def many(transactional_db: None) -> Mailing:
    return mailing(READERS, conditions=100 if IS_BENCH else 8)


def in_round(number: int) -> datetime:
    return DUE + timedelta(days=number)


@pytest.mark.full
def test_personalised_digests_go_out_nearly_as_fast_as_written_ones(many: Mailing, port: int) -> None:
    for number in range(2 * (ROUNDS + 1)):
        many.fall_due(0, READERS, in_round(number), window=number + 1)
    bodies = [(mail.recipient, mail.as_bytes()) for mail in many.mails(8)]
    assert len({body for _recipient, body in bodies}) == len(bodies)
    rounds = map(in_round, count())

    def plain() -> None:
        with smtplib.SMTP("127.0.0.1", port) as smtp:
            for recipient, body in islice(cycle(bodies), READERS):
                smtp.sendmail("tracker@localhost", [recipient], body)

    def whole(send: Send) -> Variant:
        def run() -> None:
            assert send(next(rounds)) == READERS

        return Variant(run)

    with lanes(PROCESSES) as side_by_side, lanes(1) as one_lane:
        variants = {"whole path": whole(side_by_side), "by one process of the worker": whole(one_lane)}
        found = compare(Variant(plain), variants)
    sizes = {"bytes": len(bodies[0][1]), "messages": READERS}
    tell("digests against plain sending", sizes | {name: ratio.told() for name, ratio in found.items()})
    assert set(Delivery.objects.values_list("state", flat=True)) == {DeliveryState.SENT}
    judge(found, WANTED)


@pytest.mark.full
def test_queries_and_memory_do_not_grow_with_the_readers(many: Mailing, port: int) -> None:
    many.fall_due(0, BATCH, in_round(0))
    assert deliver(in_round(0)) == min(BATCH, READERS)
    many.fall_due(BATCH, READERS, in_round(1))
    before, rest = peak(), max(READERS - BATCH, 0)
    asked: Counter[str] = Counter()

    def counted(execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
        asked["statements"] += 1
        return execute(sql, params, many, context)

    with connection.execute_wrapper(counted):
        assert deliver(in_round(1)) == rest
    batches = rest // BATCH + 2
    most = rest * FOR_A_MESSAGE + (rest // GROUP + batches) * FOR_A_GROUP + batches * FOR_A_BATCH
    tell("digests, growth", {"statements": asked["statements"], "messages": rest, "kilobytes": peak() - before})
    assert asked["statements"] <= most
    assert not IS_BENCH or peak() - before < GROWTH


def peak() -> int:
    """The most memory this process ever held, in KiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
