"""Where much falls due at once, the mail worker's other process is rung for at the same moment."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail

from negotiations import tasks
from negotiations.models import Subscription
from tests.factories import Talks

from .world import at_once, swept


@pytest.fixture
def rung(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """How the task that sends beside was called; nobody answers."""
    calls: list[dict[str, Any]] = []
    monkeypatch.setattr(tasks.send_waiting, "apply_async", lambda **options: calls.append(options))
    return calls


@pytest.fixture
def two_due(talks: Talks) -> None:
    for person in ("analyst", "mediator"):
        at_once(talks, person)
    talks.set_status(talks.release, "in_progress")
    swept()
    Subscription.objects.update(next_due_at="2020-01-01T00:00Z")


@pytest.mark.usefixtures("two_due")
def test_more_than_one_batch_is_sent_by_two(rung: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "BATCH", 1)
    tasks.send_digests()
    assert rung == [{"expires": 15}]
    assert len(mail.outbox) == 2


@pytest.mark.usefixtures("two_due")
def test_a_single_batch_is_sent_by_one(rung: list[dict[str, Any]]) -> None:
    tasks.send_digests()
    assert rung == []
    assert len(mail.outbox) == 2


@pytest.mark.usefixtures("two_due")
def test_whoever_sends_beside_finds_nothing_that_was_sent(rung: list[dict[str, Any]]) -> None:
    tasks.send_digests()
    tasks.send_waiting()
    assert len(mail.outbox) == 2
