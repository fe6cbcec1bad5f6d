"""The marked steps of delivery, told to whoever listens: what may be cut off, and where."""

from __future__ import annotations

from enum import Enum

from django.dispatch import Signal


class Step(Enum):
    """After each of these a worker may die; what happens to the mail then is decided by the last one."""

    CLAIMED = "claimed"
    WRITTEN = "written"
    SENDING = "sending"
    HANDED = "handed"
    TAKEN = "taken"
    SETTLED = "settled"


step_reached = Signal()


def reached(step: Step) -> None:
    step_reached.send(Step, step=step)
