"""The cast is told from the start: a newcomer finds a first digest in the mailbox and in the inbox."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.utils import timezone

from negotiations.digests.deliver import deliver_due
from negotiations.digests.mailbox_reading import mails_to
from negotiations.digests.windows import close_windows
from negotiations.models import Delivery, User
from negotiations.selectors.inbox import inbox_of


def test_a_first_digest_tells_what_was_recorded_last(told: None, settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    settings.EMAIL_BACKEND = "negotiations.digests.mailbox.MailboxBackend"
    close_windows(timezone.now())
    deliver_due()
    for name in ("lead", "mediator-south", "analyst"):
        (mail,) = mails_to(f"{name}@example.org")
        assert "Gaza" in mail.text
        assert mail.html
    assert inbox_of(User.objects.get(username="analyst")).count() == 1
    assert not Delivery.objects.filter(user__username="mediator").exists()
