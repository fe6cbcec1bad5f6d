"""Starting programs that end when we end, and ending the ones an earlier run left behind."""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from .account import Account
from .folder import DataFolder

PR_SET_PDEATHSIG = 1
LOG_BYTES = 10 * 1024 * 1024


def _end_with_parent(end_signal: int) -> Callable[[], None] | None:
    """On Linux the kernel tells the child when we die, even by SIGKILL; elsewhere `stop_left_behind` does."""
    if sys.platform != "linux":
        return None
    libc, parent = ctypes.CDLL(None), os.getpid()

    def arrange() -> None:
        libc.prctl(PR_SET_PDEATHSIG, end_signal)
        if os.getppid() != parent:
            os.kill(os.getpid(), end_signal)

    return arrange


def start(
    folder: DataFolder,
    name: str,
    argv: Sequence[str],
    *,
    env: Mapping[str, str],
    cwd: Path,
    end_signal: int = signal.SIGTERM,
    account: Account | None = None,
) -> subprocess.Popen[bytes]:
    """Start a program in a session of its own, so that Ctrl-C reaches only us; its words go to its log."""
    options = account.process_options if account else {}
    with log_file(folder, name).open("ab") as log:
        process = subprocess.Popen(
            list(argv),
            env=dict(env),
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=_end_with_parent(end_signal),  # noqa: PLW1509  the launcher has a single thread
            **options,
        )
    _remember(folder, name, process.pid, argv)
    return process


def log_file(folder: DataFolder, name: str) -> Path:
    file = folder.logs / f"{name}.log"
    if file.exists() and file.stat().st_size > LOG_BYTES:
        file.replace(file.with_suffix(".log.1"))
    return file


def last_lines(folder: DataFolder, name: str, count: int = 8) -> str:
    file = folder.logs / f"{name}.log"
    lines = file.read_text(errors="replace").splitlines() if file.exists() else []
    return "\n".join(f"    {line}" for line in lines[-count:])


def stop(process: subprocess.Popen[bytes], *signals: int, patience_s: float = 10) -> None:
    """Ask with each signal in turn, then insist; whatever is left of its group ends with it."""
    for number in (*signals, signal.SIGKILL):
        if process.poll() is not None:
            break
        process.send_signal(number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(patience_s)
    end_group(process.pid)


def end_group(leader: int) -> None:
    """End what a dead leader left in its session, a pool of workers for instance."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)


def _remember(folder: DataFolder, name: str, pid: int, argv: Sequence[str]) -> None:
    file = folder.base / "children.json"
    known = _known(file)
    known[name] = {"pid": pid, "command": " ".join(argv)}
    file.write_text(json.dumps(known))


def _known(file: Path) -> dict[str, dict[str, object]]:
    try:
        known = json.loads(file.read_text())
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}


def stop_left_behind(folder: DataFolder, names: Sequence[str]) -> list[str]:
    """End the programs an earlier run of this folder left running, and say which; call with the lock held.

    A process counts as ours only while its number still runs the very command line that we started.
    """
    known = _known(folder.base / "children.json")
    ended = []
    for name in names:
        child = known.get(name)
        if child and _command_of(int(str(child["pid"]))) == child["command"]:
            _end(int(str(child["pid"])), str(child["command"]), signal.SIGINT if name == "postgres" else signal.SIGTERM)
            ended.append(name)
    return ended


def _end(pid: int, command: str, number: int, patience_s: float = 20) -> None:
    for asked in (number, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, asked)
        deadline = time.monotonic() + patience_s
        while _command_of(pid) == command:
            if time.monotonic() > deadline:
                break
            time.sleep(0.05)
        else:
            break
    end_group(pid)


def _command_of(pid: int) -> str:
    """The command line of a live process; empty for none and for a zombie."""
    proc = Path(f"/proc/{pid}/cmdline")
    if proc.parent.parent.joinpath("self").exists():
        with contextlib.suppress(OSError):
            return proc.read_bytes().rstrip(b"\0").replace(b"\0", b" ").decode(errors="replace")
        return ""
    found = subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return found.stdout.strip()
