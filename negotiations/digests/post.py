"""The way to the mail server: hands mails over on one connection and says what became of each."""

from __future__ import annotations

import re
import smtplib
from dataclasses import dataclass
from enum import Enum
from types import TracebackType
from typing import Protocol, Self, cast

from anymail.exceptions import AnymailError, AnymailRecipientsRefused
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend

from .mail import Mail
from .steps import Step, reached


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
        code, _words = smtp.mail(mail.envelope_sender)
        if code // 100 != 2:
            return self._refused(smtp, Fate.REFUSED, code)
        code, _words = smtp.rcpt(mail.recipient)
        if code // 100 != 2:
            return self._refused(smtp, Fate.NO_SUCH_ADDRESS, code)
        code, _words = smtp.docmd("DATA")
        if code != 354:
            return self._refused(smtp, Fate.REFUSED, code)
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


def _of_provider(error: AnymailError) -> Answer:
    """A provider that answered has not taken it; one that fell silent after the request may have."""
    status = getattr(error, "status_code", None)
    if status is None and "Timeout" in type(error.__cause__).__name__:
        return Answer(Fate.LOST, type(error.__cause__).__name__)
    is_final = status is not None and status // 100 == 4 and status not in (401, 403, 408, 429)
    return Answer(Fate.REFUSED if is_final else Fate.LATER, f"{status or type(error).__name__}")


def _by(code: int, for_good: Fate) -> Answer:
    return Answer(for_good if code // 100 == 5 else Fate.LATER, str(code))


def _dotted(data: bytes) -> bytes:
    """With the leading dots doubled and the final one."""
    return re.sub(rb"(?m)^\.", b"..", data) + b".\r\n"
