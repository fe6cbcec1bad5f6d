"""A mail server in a process of its own: `smtp_server.py PORT ORDER LOG`; ORDER says how it behaves, LOG what came."""

from __future__ import annotations

import asyncio
import os
import sys
from email import message_from_bytes
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session

ORDER, LOG = Path(sys.argv[2]), Path(sys.argv[3])
SLOW_S = 1.5


def order() -> str:
    try:
        return ORDER.read_text()
    except FileNotFoundError:
        return ""


class Server:
    async def handle_RCPT(  # noqa: N802  aiosmtpd's name
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[Any]
    ) -> str:
        match order():
            case "refuse for now":
                return "451 4.3.0 come back later"
            case "refuse for good":
                return "550 5.1.1 no such mailbox"
            case "hang up":
                server.transport.abort()
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        if order() == "slow":
            await asyncio.sleep(SLOW_S)
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        message = message_from_bytes(content)
        with LOG.open("a") as log:
            log.write(f"{message['Message-ID']} {envelope.rcpt_tos[0]}\n")
            log.flush()
            os.fsync(log.fileno())
        if order() == "drop after data":
            server.transport.abort()
        return "250 OK"


async def serve() -> None:
    loop = asyncio.get_running_loop()
    listening = await loop.create_server(lambda: SMTP(Server(), enable_SMTPUTF8=True), "127.0.0.1", int(sys.argv[1]))
    await listening.serve_forever()


asyncio.run(serve())
