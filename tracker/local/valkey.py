"""Valkey on a Unix socket: the broker's bell and the cache."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import time
from pathlib import Path

from . import children
from .failure import Refusal
from .folder import PRIVATE, DataFolder
from .programs import valkey_program

PATIENCE_S = 20


class Valkey:
    """One server of one data folder; no TCP port is opened."""

    name = "valkey"

    def __init__(self, folder: DataFolder, *, databases: int = 16) -> None:
        self.folder = folder
        self.databases = databases
        self.process: subprocess.Popen[bytes] | None = None
        self.data = folder.base / "valkey"
        self.data.mkdir(mode=PRIVATE, exist_ok=True)
        sockets = folder.sockets_for(None) / "valkey"
        sockets.mkdir(mode=PRIVATE, exist_ok=True)
        self.socket = sockets / "redis.sock"

    @property
    def url(self) -> str:
        return f"unix://{self.socket}"

    def start(self) -> None:
        argv = [str(valkey_program()), *self._options()]
        self.process = children.start(self.folder, self.name, argv, env=os.environ, cwd=Path("/"))
        deadline = time.monotonic() + PATIENCE_S
        while not self._answers():
            if self.process.poll() is not None:
                raise Refusal(
                    f"Valkey ended at once:\n{children.last_lines(self.folder, self.name)}",
                    todo=f"read valkey.log in {self.folder.logs}; {self.data} may be removed, it holds no record.",
                )
            if time.monotonic() > deadline:
                raise Refusal(
                    f"Valkey did not answer within {PATIENCE_S} s.", todo="try again when the machine is idle."
                )
            time.sleep(0.02)

    def _options(self) -> list[str]:
        options = {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "dir": str(self.data),
            "save": "300 1",
            "appendonly": "no",
            "maxmemory-policy": "noeviction",
            "databases": str(self.databases),
            "daemonize": "no",
            "loglevel": "warning",
            # The command line is how a later run recognises its own orphan.
            "set-proc-title": "no",
        }
        return [word for name, value in options.items() for word in (f"--{name}", value)]

    def _answers(self) -> bool:
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as client:
            client.settimeout(1)
            client.connect(str(self.socket))
            client.sendall(b"PING\r\n")
            return client.recv(16).startswith(b"+PONG")
        return False

    def stop(self) -> None:
        if self.process is not None:
            children.stop(self.process, signal.SIGTERM)
