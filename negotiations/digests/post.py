"""The way to the mail server: hands mails over on one connection and says what became of each."""

from __future__ import annotations

import re
import smtplib
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from types import TracebackType
from typing import Protocol, Self, cast

from anymail.exceptions import AnymailError, AnymailRecipientsRefused
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend

from .mail import Mail
from .steps import Step, reached

# The answer to DATA that asks for it.
GO_ON = 354
Reply = tuple[int, bytes]
NOT_ASKED: Reply = (0, b"")


class Fate(Enum):
    """What became of a mail."""

    TAKEN = "taken"
    LATER = "later"
    """Refused for now, or lost before anything of it left: it may be tried again."""
    REFUSED = "refused"
    NO_SUCH_ADDRESS = "no such address"
    LOST = "lost"
    """All of it left and no answer came: it may have arrived, so it is not sent again."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The fate of a mail, and why in a word without content."""

    fate: Fate
    why: str = ""


class Away(Exception):
    """The mail server cannot be reached, which is no mail's fault."""


class Post(Protocol):
    """One connection for one batch; opens when the first mail is handed over."""

    def open(self) -> None:
        """Connect unless connected. Raises Away."""

    def hand_over(self, mail: Mail) -> Answer: ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


def post_office() -> Post:
    """The way that the settings name."""
    backend = get_connection()
    return SmtpPost(backend) if type(backend) is EmailBackend else OtherPost(backend)


class SmtpPost:
    """SMTP step by step, because only the steps tell whether a mail may have arrived."""

    def __init__(self, backend: EmailBackend) -> None:
        self.backend = backend

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def open(self) -> None:
        try:
            if self.backend.connection is None:
                self.backend.open()
        except (OSError, smtplib.SMTPException) as away:
            self.close()
            raise Away(type(away).__name__) from away

    def close(self) -> None:
        """End the connection as far as there is one; a server that is gone needs no good-bye."""
        smtp, self.backend.connection = self.backend.connection, None
        if smtp is not None:
            try:
                smtp.quit()
            except (OSError, smtplib.SMTPException):
                smtp.close()

    def hand_over(self, mail: Mail) -> Answer:
        """Hand one mail over. An idle connection that the server closed is opened anew once."""
        is_fresh = self.backend.connection is None
        try:
            return self._converse(mail)
        except (OSError, smtplib.SMTPException) as gone:
            self.close()
            if is_fresh:
                return Answer(Fate.LATER, type(gone).__name__)
        try:
            return self._converse(mail)
        except (OSError, smtplib.SMTPException) as gone:
            self.close()
            return Answer(Fate.LATER, type(gone).__name__)

    def _converse(self, mail: Mail) -> Answer:
        """Raises what the connection raises as long as nothing can have arrived."""
        if self.backend.connection is None:
            self.backend.open()
        smtp = cast("smtplib.SMTP", self.backend.connection)
        smtp.ehlo_or_helo_if_needed()
        sender, recipient, data = _announced(smtp, mail)
        if sender[0] // 100 != 2:
            # The sender is refused, which is the site's own affair: no mail is blamed for good.
            return self._refused(smtp, Fate.LATER, sender[0])
        if recipient[0] // 100 != 2:
            return self._refused(smtp, _of_recipient(*recipient), recipient[0])
        if data[0] != GO_ON:
            return self._refused(smtp, Fate.REFUSED, data[0])
        # Cut off in here, the final dot has not left and the server throws the rest away.
        smtp.send(_dotted(mail.as_bytes()))
        reached(Step.HANDED)
        try:
            code, _words = smtp.getreply()
        except (OSError, smtplib.SMTPException) as lost:
            self.close()
            return Answer(Fate.LOST, type(lost).__name__)
        return Answer(Fate.TAKEN) if code // 100 == 2 else _by(code, Fate.REFUSED)

    def _refused(self, smtp: smtplib.SMTP, for_good: Fate, code: int) -> Answer:
        if code == 421:
            self.close()
        else:
            smtp.rset()
        return _by(code, for_good)


class OtherPost:
    """Any other backend of the framework: a provider's interface, a folder, the console."""

    def __init__(self, backend: BaseEmailBackend) -> None:
        self.backend = backend

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.backend.close()

    def open(self) -> None:
        try:
            self.backend.open()
        except (OSError, smtplib.SMTPException) as away:
            raise Away(type(away).__name__) from away

    def hand_over(self, mail: Mail) -> Answer:
        try:
            self.backend.send_messages([mail.as_message()])
        except AnymailRecipientsRefused:
            return Answer(Fate.NO_SUCH_ADDRESS, "refused by the provider")
        except AnymailError as error:
            return _of_provider(error)
        except (OSError, smtplib.SMTPException) as error:
            return Answer(Fate.LATER, type(error).__name__)
        reached(Step.HANDED)
        return Answer(Fate.TAKEN)


def _announced(smtp: smtplib.SMTP, mail: Mail) -> tuple[Reply, Reply, Reply]:
    """The answers to sender, recipient and the wish to send data; code 0 for what was not asked any more.

    In one go where the server takes commands in a row (RFC 2920): that waits for one answer, not three.
    """
    commands = [f"MAIL FROM:{_quoted_sender(mail.envelope_sender)}", f"RCPT TO:{_quoted(mail.recipient)}", "DATA"]
    if not smtp.has_extn("pipelining"):
        replies: list[Reply] = [NOT_ASKED, NOT_ASKED, NOT_ASKED]
        for place, command in enumerate(commands):
            replies[place] = smtp.docmd(command)
            if replies[place][0] // 100 not in (2, 3):
                break
        return replies[0], replies[1], replies[2]
    smtp.send("".join(f"{command}\r\n" for command in commands))
    sender, recipient, data = (smtp.getreply() for _command in commands)
    if data[0] == GO_ON and (sender[0] // 100 != 2 or recipient[0] // 100 != 2):
        # It waits for words that are for nobody: give it none.
        smtp.send(".\r\n")
        smtp.getreply()
    return sender, recipient, data


@lru_cache(maxsize=16)
def _quoted_sender(address: str) -> str:
    return smtplib.quoteaddr(address)


def _quoted(address: str) -> str:
    """A recipient's bare address in angle brackets; nothing of it can end the command it stands in."""
    return f"<{''.join(address.split()).strip('<>')}>"


def _of_provider(error: AnymailError) -> Answer:
    """A provider that answered has not taken it; one that fell silent after the request may have."""
    status = getattr(error, "status_code", None)
    if status is None and "Timeout" in type(error.__cause__).__name__:
        return Answer(Fate.LOST, type(error.__cause__).__name__)
    is_final = status is not None and status // 100 == 4 and status not in (401, 403, 408, 429)
    return Answer(Fate.REFUSED if is_final else Fate.LATER, f"{status or type(error).__name__}")


def _of_recipient(code: int, words: bytes) -> Fate:
    """Whether a recipient refused for good is no address, or the server would not relay (RFC 3463: X.7)."""
    if re.match(rb"5\.7\.", words.strip()):
        return Fate.LATER
    return Fate.NO_SUCH_ADDRESS if code in (550, 551, 553) else Fate.REFUSED


def _by(code: int, for_good: Fate) -> Answer:
    return Answer(for_good if code // 100 == 5 else Fate.LATER, str(code))


def _dotted(data: bytes) -> bytes:
    """With the leading dots doubled and the final one."""
    # A head never begins with a dot, so only one after a line end can be taken for the final one.
    return data.replace(b"\r\n.", b"\r\n..") + b".\r\n"
