"""The one way the launcher gives up: what is wrong, and what to do about it."""

from __future__ import annotations


class Refusal(Exception):
    """Shown to the person at the keyboard in place of a stack trace."""

    def __init__(self, what: str, *, todo: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.todo = todo

    def __str__(self) -> str:
        return f"{self.what}\n  What to do: {self.todo}" if self.todo else self.what


class Stopped(Exception):
    """Raised by the signal handlers, so that every `finally` on the way out runs."""
