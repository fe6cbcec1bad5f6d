"""A canary in TLP:AMBER content is in no mail and no log, whoever may read it and whatever goes wrong on the way."""

from __future__ import annotations

from email import message_from_bytes
from typing import Any

import pytest
from django.core import mail

from negotiations.digests.deliver import deliver_due
from negotiations.digests.letter import Press
from negotiations.digests.windows import close_windows
from negotiations.models import Delivery, Subscription
from negotiations.rules.codes import Marking
from negotiations.services.condition import edit_condition
from tests.factories import Talks

from .world import DAY, NOON, at_once, states, subscribed, swept

CANARY = "zeppelin-canary"


@pytest.fixture
def told(talks: Talks) -> list[Subscription]:
    """Two people who may read it, one told at once and one daily, of a change full of canaries."""
    readers = [at_once(talks, "mediator"), subscribed(talks, "lead", now=NOON)]
    hidden = talks.add_condition(f"Known to {CANARY}", marking=Marking.AMBER, text=CANARY)
    because = talks.act(reason=f"Because of {CANARY}.")
    edit_condition(hidden, act=because, version=None, title=f"Renamed {CANARY}")
    talks.set_status(hidden, "in_progress")
    swept()
    close_windows(NOON + DAY)
    return readers


def whole_mails() -> str:
    parts: list[str] = []
    for message in mail.outbox:
        parsed = message_from_bytes(message.message().as_bytes())
        parts += [str(value) for value in parsed.values()]
        parts += [str(part.get_payload(decode=True)) for part in parsed.walk() if not part.is_multipart()]
    return "\n".join(parts)


def test_it_is_in_no_mail(told: list[Subscription]) -> None:
    deliver_due(clock=lambda: NOON + DAY)
    assert len(mail.outbox) == len(told)
    assert CANARY not in whole_mails()


def test_it_is_in_no_log_and_no_row_when_everything_goes_wrong(
    told: list[Subscription], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def failing(self: Press, delivery: Delivery) -> Any:
        raise ValueError(CANARY)

    monkeypatch.setattr(Press, "letter", failing)
    deliver_due(clock=lambda: NOON + DAY)
    assert "mail.unwritten" in caplog.text
    assert CANARY not in caplog.text
    assert [states(one) for one in told] == [["waiting"], ["waiting"]]
    assert not any(CANARY in one.trouble for one in Delivery.objects.all())
