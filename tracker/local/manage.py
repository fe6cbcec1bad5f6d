"""`script/manage`: any management command on the engines of this checkout."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

from .engines import borrowed
from .folder import DataFolder


def run_command(folder: DataFolder, checkout: Path, arguments: list[str]) -> int:
    """Run it in the foreground and return its exit code; engines run for its time unless they run already."""
    what = f"script/manage {arguments[0]}" if arguments else "script/manage"
    with borrowed(folder, what) as env:
        # Ctrl-C reaches the command through the terminal; we stay until it has ended.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        command = [sys.executable, str(checkout / "manage.py"), *arguments]
        process = subprocess.Popen(command, env=env, preexec_fn=_listen_again)  # noqa: PLW1509  a single thread
        return process.wait()


def _listen_again() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)
