"""The bell rings for what was saved; whoever saved does not wait for it, and one nobody hears loses nothing."""

from __future__ import annotations

import threading

import pytest
from kombu.exceptions import OperationalError

from negotiations.services import bell


def test_ringing_does_not_wait_for_the_broker(monkeypatch: pytest.MonkeyPatch) -> None:
    heard, may_answer = threading.Event(), threading.Event()

    def slow() -> None:
        heard.set()
        may_answer.wait(5)

    monkeypatch.setattr(bell, "tell_worker", slow)
    bell.ring()
    bell.ring()
    assert heard.wait(5)
    may_answer.set()


def test_a_bell_nobody_hears_is_only_told_in_the_log(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_args: object, **_options: object) -> None:
        raise OperationalError

    monkeypatch.setattr(bell.current_app, "send_task", away, raising=False)
    bell.tell_worker()
