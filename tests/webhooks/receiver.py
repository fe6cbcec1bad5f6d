"""A real receiver on the loopback that answers as a test wants: well, badly, slowly, for ever, or not at all."""

from __future__ import annotations

import json
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

Answer = Callable[[socket.socket, threading.Event], None]


@dataclass(frozen=True)
class Got:
    """One request as it came."""

    target: str
    headers: dict[str, str]
    body: bytes

    @property
    def event(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.body)
        return found


@dataclass
class Receiver:
    """What came, and the answers to give: those listed one after the other, then the last one for ever."""

    port: int
    scheme: str = "http"
    answers: list[Answer] = field(default_factory=list)
    got: list[Got] = field(default_factory=list)
    stopping: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def url(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}/hook?from=tracker"

    def next_answer(self, got: Got) -> Answer:
        with self.lock:
            self.got.append(got)
            return self.answers.pop(0) if len(self.answers) > 1 else (self.answers or [status(204)])[0]


def status(code: int, *headers: str, body: bytes = b"") -> Answer:
    """A whole answer."""
    lines = [f"HTTP/1.1 {code} Told", f"Content-Length: {len(body)}", "Connection: close", *headers, "", ""]

    def answer(peer: socket.socket, _stopping: threading.Event) -> None:
        peer.sendall("\r\n".join(lines).encode() + body)

    return answer


def silence(_peer: socket.socket, stopping: threading.Event) -> None:
    """No answer, and an open connection."""
    stopping.wait(30)


def nothing(_peer: socket.socket, _stopping: threading.Event) -> None:
    """The connection ends without a word."""


def broken_off(peer: socket.socket, _stopping: threading.Event) -> None:
    """The connection ends in the middle of the answer."""
    peer.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")


def dripping_headers(peer: socket.socket, stopping: threading.Event) -> None:
    """A byte now and then, each in time for itself, and never a whole line."""
    _drip(peer, stopping, b"HTTP/1.1 200 OK\r\nX-Long: ")


def dripping_body(peer: socket.socket, stopping: threading.Event) -> None:
    _drip(peer, stopping, b"HTTP/1.1 200 OK\r\nContent-Length: 10000\r\n\r\n")


def _drip(peer: socket.socket, stopping: threading.Event, start: bytes) -> None:
    peer.sendall(start)
    while not stopping.wait(0.05):
        peer.sendall(b"x")


def endless(peer: socket.socket, stopping: threading.Event) -> None:
    """As much as anybody reads, and more."""
    peer.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000000000\r\n\r\n")
    while not stopping.is_set():
        peer.sendall(b"x" * 65536)


@contextmanager
def receiving(*answers: Answer, context: ssl.SSLContext | None = None) -> Iterator[Receiver]:
    """A receiver on a free port; with a TLS context it speaks HTTPS."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        there = Receiver(listening.getsockname()[1], "https" if context else "http", list(answers))
        thread = threading.Thread(target=_serve, args=(listening, there, context), daemon=True)
        thread.start()
        try:
            yield there
        finally:
            there.stopping.set()
            with suppress(OSError):
                socket.create_connection(("127.0.0.1", there.port), timeout=1).close()
            thread.join(5)


def _serve(listening: socket.socket, there: Receiver, context: ssl.SSLContext | None) -> None:
    while not there.stopping.is_set():
        peer, _where = listening.accept()
        threading.Thread(target=_handle, args=(peer, there, context), daemon=True).start()


def _handle(peer: socket.socket, there: Receiver, context: ssl.SSLContext | None) -> None:
    with suppress(OSError), context.wrap_socket(peer, server_side=True) if context else peer as talking:
        if (got := _read(talking)) is not None:
            there.next_answer(got)(talking, there.stopping)


def _read(peer: socket.socket) -> Got | None:
    """A whole request; None for a connection without one."""
    with peer.makefile("rb") as stream:
        first = stream.readline().decode()
        if not first:
            return None
        headers = {}
        while line := stream.readline().decode().strip():
            name, _colon, value = line.partition(":")
            headers[name.lower()] = value.strip()
        return Got(first.split()[1], headers, stream.read(int(headers.get("content-length", 0))))
