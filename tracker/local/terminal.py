"""Words to the person at the keyboard."""

from __future__ import annotations

import sys
import time

_started = time.monotonic()


def say(words: str) -> None:
    """A line on standard error, where it cannot mix with what a command prints."""
    sys.stderr.write(f"{words}\n")
    sys.stderr.flush()


def step(words: str) -> None:
    """A line of progress with the seconds since the start."""
    say(f"[{time.monotonic() - _started:5.1f} s] {words}")
