"""Reading the demonstration's mailbox: the mails that were written to one address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from .mailbox import mailbox_folder
from .recipients import key_of


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail: `key` is its file's name without the ending; `html` is empty where it has only text."""

    key: str
    subject: str
    sender: str
    at: datetime | None
    text: str
    html: str
    headers: tuple[tuple[str, str], ...]


# What of a mail's head tells how it is handled; the rest is on the page anyway.
SHOWN = ("Message-ID", "List-Unsubscribe", "List-Unsubscribe-Post", "List-ID", "Auto-Submitted", "Precedence")


def mails_to(address: str) -> list[Mail]:
    """The mails to an address, newest first; none without an address."""
    return list(_found(address)) if address else []


def mail_to(address: str, key: str) -> Mail | None:
    """One of them; somebody else's is as unknown as none."""
    return next((mail for mail in _found(address) if mail.key == key), None) if address else None


def _found(address: str) -> Iterator[Mail]:
    for file in sorted(mailbox_folder().glob("*.eml"), reverse=True):
        message = _read(file)
        if message is not None and key_of(address) in _recipients(message):
            yield _mail(file.stem, message)


def _read(file: Path) -> EmailMessage | None:
    """The mail in a file; None for one that was removed meanwhile."""
    try:
        return message_from_bytes(file.read_bytes(), policy=policy.default)
    except FileNotFoundError:
        return None


def _recipients(message: EmailMessage) -> set[str]:
    heads = [message["To"], message["Cc"]]
    return {key_of(one.addr_spec) for head in heads if head is not None for one in head.addresses}


def _mail(key: str, message: EmailMessage) -> Mail:
    date = message["Date"]
    return Mail(
        key=key,
        subject=str(message["Subject"] or ""),
        sender=str(message["From"] or ""),
        at=_aware(date.datetime) if date is not None else None,
        text=_part(message, "plain"),
        html=_part(message, "html"),
        headers=tuple((name, str(message[name])) for name in SHOWN if message[name] is not None),
    )


def _part(message: EmailMessage, kind: str) -> str:
    part = message.get_body(preferencelist=(kind,))
    return str(part.get_content()) if part is not None else ""


def _aware(at: datetime) -> datetime:
    """A date in "-0000", which says no zone, is in UTC."""
    return at if at.tzinfo is not None else at.replace(tzinfo=UTC)
