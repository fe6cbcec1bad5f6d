"""`python -m tracker.local server | manage ARGS | test ARGS`: what the scripts call."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from .failure import Refusal, Stopped
from .folder import DataFolder
from .manage import run_command
from .server import serve
from .suite import run_suite
from .terminal import say

CHECKOUT = Path(__file__).resolve().parent.parent.parent


def _stop(number: int, _frame: object) -> None:
    # From here on the way out has its own deadlines; a second Ctrl-C must not cut it short.
    for ignored in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_IGN)
    raise Stopped(number)


def main() -> int:
    commands: dict[str, Callable[[DataFolder, Path, list[str]], int]] = {
        "server": serve,
        "manage": run_command,
        "test": run_suite,
    }
    if len(sys.argv) < 2 or sys.argv[1] not in commands:
        say(f"usage: python -m tracker.local {{{'|'.join(commands)}}} ...")
        return 2
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    base = Path(os.environ.get("DATA_DIR") or CHECKOUT / "var")
    if sys.argv[1] == "test":
        base /= "test"
    try:
        return commands[sys.argv[1]](DataFolder(base), CHECKOUT, sys.argv[2:])
    except Refusal as refusal:
        say(str(refusal))
        return 1
    except Stopped as stopped:
        return 128 + int(stopped.args[0])


if __name__ == "__main__":
    sys.exit(main())
