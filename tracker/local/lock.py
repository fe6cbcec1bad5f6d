"""Who holds a data folder: one launcher at a time, and any number of guests on its engines."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from .failure import Refusal


class Held(Refusal):
    """Another process holds the folder."""

    def __init__(self, holder: dict[str, str], base: Path) -> None:
        self.holder = holder
        who = f"process {holder.get('pid', '?')} ({holder.get('what', '?')}), since {holder.get('since', '?')}"
        super().__init__(f"{base} is in use by {who}.", todo="stop that one, or set DATA_DIR to use another folder.")


@contextlib.contextmanager
def hold(base: Path, what: str) -> Iterator[None]:
    """Hold the folder until the end of the block, or raise `Held`.

    The kernel drops the lock when the process ends, however it ends; the text in the file only says who it was.
    """
    with (base / "lock").open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Held(_read(file), base) from None
        since = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
        file.truncate(0)
        file.write(json.dumps({"pid": str(os.getpid()), "what": what, "since": since}))
        file.flush()
        yield


def _read(file: IO[str]) -> dict[str, str]:
    file.seek(0)
    try:
        holder = json.loads(file.read())
    except ValueError:
        return {}
    return holder if isinstance(holder, dict) else {}


@contextlib.contextmanager
def guest(base: Path) -> Iterator[None]:
    """Say that somebody works on engines another process started."""
    with (base / "guests").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_SH)
        yield


@contextlib.contextmanager
def no_guests(base: Path) -> Iterator[None]:
    """Wait until no guest is left and let none in during the block: engines are taken down here."""
    with (base / "guests").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
