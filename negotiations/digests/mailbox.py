"""The demonstration's mailbox: a mail backend that writes each mail to a folder instead of sending it."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

# Older ones are removed: it is there to be looked into, not to keep.
KEPT = 500


class MailboxBackend(BaseEmailBackend):
    """Each mail is one .eml file, written whole; names begin with the time, so they sort by age."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder = mailbox_folder()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for message in email_messages:
            name = f"{timezone.now():%Y%m%dT%H%M%S%f}-{secrets.token_hex(4)}"
            part = folder / f"{name}.part"
            part.write_bytes(message.message().as_bytes())
            part.rename(folder / f"{name}.eml")
        for old in sorted(folder.glob("*.eml"))[:-KEPT]:
            old.unlink(missing_ok=True)
        return len(email_messages)


def mailbox_folder() -> Path:
    """Where the mails are."""
    return Path(settings.DATA_DIR) / "mailbox"
