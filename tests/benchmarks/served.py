"""The product behind its real server with two workers, and a client that costs next to nothing."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
READY_WITHIN_S = 60


@dataclass(frozen=True)
class Answer:
    """One answer off the wire."""

    status: int
    head: bytes
    body: bytes

    def header(self, name: str) -> str:
        lines = (line.partition(b":") for line in self.head.split(b"\r\n")[1:])
        return next((value.strip().decode() for key, _colon, value in lines if key.decode().lower() == name), "")


class Wire:
    """One kept-alive connection that sends the same bytes again and again."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=60)

    def get(self, path: str, headers: Mapping[str, str]) -> Answer:
        return self.ask(request_bytes(path, headers))

    def ask(self, request: bytes) -> Answer:
        self._socket.sendall(request)
        found = b""
        while b"\r\n\r\n" not in found:
            found += self._more()
        head, _gap, body = found.partition(b"\r\n\r\n")
        answer = Answer(int(head.split(b" ", 2)[1]), head, b"")
        parts, size = [body], int(answer.header("content-length") or 0) - len(body)
        while size > 0:
            parts.append(self._more())
            size -= len(parts[-1])
        return Answer(answer.status, head, b"".join(parts))

    def _more(self) -> bytes:
        found = self._socket.recv(262_144)
        if not found:
            raise ConnectionError("the server hung up")
        return found

    def close(self) -> None:
        self._socket.close()


def request_bytes(path: str, headers: Mapping[str, str]) -> bytes:
    lines = [f"GET {path} HTTP/1.1", "Host: 127.0.0.1", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode()


@contextmanager
def served() -> Iterator[Wire]:
    """Gunicorn with two workers on this test's database, which has to be committed."""
    port = _free_port()
    argv = [sys.executable, "-m", "gunicorn", "tracker.wsgi:application", "--bind", f"127.0.0.1:{port}"]
    argv += ["--worker-class", "gthread", "--workers", "2", "--threads", "4", "--no-control-socket"]
    address, _slash, _name = os.environ["DATABASE_URL"].rpartition("/")
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.benchmarks.settings",
        "DATABASE_URL": f"{address}/{connection.settings_dict['NAME']}",
    }
    process = subprocess.Popen(argv, env=env, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wire = _first_wire(port, process)
        yield wire
        wire.close()
    finally:
        process.terminate()
        process.wait(timeout=30)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _first_wire(port: int, process: subprocess.Popen[bytes]) -> Wire:
    until = time.monotonic() + READY_WITHIN_S
    while time.monotonic() < until and process.poll() is None:
        with suppress(OSError):
            wire = Wire(port)
            if wire.get("/healthz", {}).status == 200:
                return wire
        time.sleep(0.2)
    raise AssertionError("the server did not come up")
