"""What a mail server answers, or does not, decides what may be done with a mail; the server here is a real one."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.core.mail.backends.smtp import EmailBackend

from negotiations.digests.mail import Mail
from negotiations.digests.post import Answer, Away, Fate, SmtpPost
from negotiations.digests.sheets import body_of

TEXT, HTML = ".dot\nend", "<p>.</p>"
MAIL = Mail(
    "Desk <desk@example.org>", "reader@example.org", "Two shores", (("X-One", "1"),), TEXT, HTML, body_of(TEXT, HTML)
)


@dataclass
class Server:
    """Answers with what a test sets; "" hangs up instead."""

    sender: str = "250 OK"
    recipient: str = "250 OK"
    data: str = "250 OK"
    taken: list[bytes] = field(default_factory=list)
    connections: int = 0
    takes_rows: bool = False

    async def handle_EHLO(  # noqa: N802  aiosmtpd's name
        self, _server: SMTP, session: Session, _envelope: Envelope, host: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = host
        return [responses[0], *(["250-PIPELINING"] if self.takes_rows else []), *responses[1:]]

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[Any]
    ) -> str:
        envelope.mail_from = address
        return self._answer(server, self.sender)

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[Any]
    ) -> str:
        answer = self._answer(server, self.recipient)
        if answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.taken.append(envelope.content if isinstance(envelope.content, bytes) else b"")
        return self._answer(server, self.data)

    def _answer(self, server: SMTP, answer: str) -> str:
        if not answer:
            server.transport.abort()
        return answer or "250 OK"


@pytest.fixture(params=[False, True], ids=["step by step", "in a row"])
def server(request: pytest.FixtureRequest) -> Iterator[tuple[Server, int]]:
    """Every answer is understood the same, whether commands are sent one by one or in a row."""
    handler = Server(takes_rows=request.param)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield handler, port
    finally:
        controller.stop()


def handed(port: int, *mails: Mail) -> list[Answer]:
    with SmtpPost(EmailBackend(host="127.0.0.1", port=port, timeout=10)) as post:
        found = []
        for mail in mails:
            post.open()
            found.append(post.hand_over(mail))
        return found


def test_many_mails_go_over_one_connection(server: tuple[Server, int]) -> None:
    handler, port = server
    assert {one.fate for one in handed(port, MAIL, MAIL, MAIL)} == {Fate.TAKEN}
    assert (len(handler.taken), handler.connections) == (3, 1)
    assert b"\r\n.dot\r\n" in handler.taken[0]


@pytest.mark.parametrize(
    ("step", "answer", "fate"),
    [
        ("sender", "451 later", Fate.LATER),
        ("sender", "530 log in first", Fate.LATER),
        ("recipient", "450 busy", Fate.LATER),
        ("recipient", "550 unknown", Fate.NO_SUCH_ADDRESS),
        ("recipient", "550 5.7.1 relaying denied", Fate.LATER),
        ("recipient", "552 full for good", Fate.REFUSED),
        ("data", "452 full", Fate.LATER),
        ("data", "554 unwanted", Fate.REFUSED),
        ("sender", "", Fate.LATER),
        ("recipient", "", Fate.LATER),
        ("data", "", Fate.LOST),
    ],
)
def test_an_answer_decides_the_fate_of_a_mail(server: tuple[Server, int], step: str, answer: str, fate: Fate) -> None:
    handler, port = server
    setattr(handler, step, answer)
    (found,) = handed(port, MAIL)
    assert found.fate is fate


def test_one_refusal_does_not_hold_up_the_next_mail(server: tuple[Server, int]) -> None:
    handler, port = server
    with SmtpPost(EmailBackend(host="127.0.0.1", port=port, timeout=10)) as post:
        handler.recipient = "550 unknown"
        assert post.hand_over(MAIL).fate is Fate.NO_SUCH_ADDRESS
        handler.recipient = "250 OK"
        assert post.hand_over(MAIL).fate is Fate.TAKEN
    assert handler.connections == 1


def test_a_connection_lost_between_two_mails_is_opened_anew(server: tuple[Server, int]) -> None:
    handler, port = server
    with SmtpPost(EmailBackend(host="127.0.0.1", port=port, timeout=10)) as post:
        assert post.hand_over(MAIL).fate is Fate.TAKEN
        post.backend.connection.sock.shutdown(2)
        assert post.hand_over(MAIL).fate is Fate.TAKEN
    assert (len(handler.taken), handler.connections) == (2, 2)


def test_a_server_that_is_not_there_is_away(server: tuple[Server, int]) -> None:
    with SmtpPost(EmailBackend(host="127.0.0.1", port=1, timeout=10)) as post, pytest.raises(Away):
        post.open()
