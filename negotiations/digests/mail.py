"""A letter as a mail: list headers, a plain part first, the same bytes at every attempt but for the date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email.header import Header
from email.utils import formataddr, formatdate, parseaddr
from functools import lru_cache
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from negotiations.models import Delivery

from .addresses import unsubscribe_url
from .letter import Letter
from .recipients import on_the_wire
from .sheets import body_of


@dataclass(frozen=True)
class Mail:
    """One mail to one person, ready to be handed over in either of two forms; `head` is all of it but the date."""

    sender: str
    recipient: str
    subject: str
    headers: tuple[tuple[str, str], ...]
    text: str
    html: str
    body: bytes
    head: bytes = b""

    @property
    def envelope_sender(self) -> str:
        """Where it comes back to if it cannot be delivered."""
        return settings.BOUNCE_ADDRESS or _sender(self.sender)[1]

    def as_bytes(self) -> bytes:
        """The mail as it travels. Made by hand: the standard library takes longer than a server to take it."""
        head = self.head or head_of(self.sender, self.recipient, self.subject, self.headers)
        return b"".join((head, f"Date: {formatdate()}\r\nMIME-Version: 1.0\r\n".encode("ascii"), self.body))

    def as_message(self) -> EmailMultiAlternatives:
        """The same for the backends of the framework."""
        message = EmailMultiAlternatives(
            self.subject, self.text, self.sender, [self.recipient], headers=dict(self.headers)
        )
        message.attach_alternative(self.html, "text/html")
        return message


def head_of(sender: str, recipient: str, subject: str, headers: Iterable[tuple[str, str]]) -> bytes:
    """The lines before the body, without those that say when and how. Raises ValueError for what mail cannot carry."""
    named = [("From", _sender(sender)[0]), ("To", recipient), ("Subject", _encoded(subject)), *headers]
    return "".join(f"{name}: {value}\r\n" for name, value in named).encode("ascii")


@lru_cache(maxsize=8)
def _sender(sender: str) -> tuple[str, str]:
    """How the sender stands in the head and on the envelope; the same for all mails."""
    name, address = parseaddr(sender)
    return formataddr((name, address)), address


@lru_cache(maxsize=256)
def _encoded(subject: str) -> str:
    """The subject as a header: shared by many, and slow to make in other letters than Latin ones."""
    return Header(subject, "utf-8" if not subject.isascii() else None).encode(linesep="\r\n")


def mail_for(delivery: Delivery, letter: Letter) -> Mail:
    """The mail that brings a letter to the address its recipient has now.

    Raises ValueError where none can be made, so that nobody finds out while it leaves.
    """
    sender, recipient = settings.DEFAULT_FROM_EMAIL, on_the_wire(delivery.user.email)
    subject, headers = " ".join(letter.subject.split()), tuple(_headers(delivery))
    return Mail(
        sender=sender,
        recipient=recipient,
        subject=subject,
        headers=headers,
        text=letter.text,
        html=letter.html,
        body=letter.body or body_of(letter.text, letter.html),
        head=head_of(sender, recipient, subject, headers),
    )


def message_id(delivery: Delivery) -> str:
    """The same at every attempt, so that a mailbox that got it twice shows it once."""
    return f"<{delivery.public_id}@{_host()}>"


def _headers(delivery: Delivery) -> Iterator[tuple[str, str]]:
    yield "Message-ID", message_id(delivery)
    ways = [f"<{unsubscribe_url(delivery.subscription)}>"]
    if settings.UNSUBSCRIBE_ADDRESS:
        ways.append(f"<mailto:{settings.UNSUBSCRIBE_ADDRESS}>")
    yield "List-Unsubscribe", ", ".join(ways)
    yield "List-Unsubscribe-Post", "List-Unsubscribe=One-Click"
    yield "List-Id", f"<alerts.{_host()}>"
    yield "Auto-Submitted", "auto-generated"


def _host() -> str:
    return urlsplit(settings.SITE_URL).hostname or "localhost"
