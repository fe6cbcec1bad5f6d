"""Keeps the processes of `script/server` running: one that dies is started again, one that cannot live is named."""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from . import children
from .failure import Refusal
from .folder import DataFolder
from .terminal import say

FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.5, 15.0
# A process that lived this long was well; its earlier deaths no longer count.
WELL_AFTER_S = 30.0
DEATHS_IN_A_ROW = 6
LOOK_EVERY_S = 0.25


class Program(Protocol):
    """What the supervisor needs of an engine or a process."""

    name: str
    process: subprocess.Popen[bytes] | None

    def start(self) -> None: ...

    def stop(self) -> None: ...


@dataclass
class Process:
    """One of our own processes: web, workers or beat; `patience_s` is how long it may finish what it has in hand."""

    name: str
    folder: DataFolder
    argv: Sequence[str]
    env: Mapping[str, str]
    checkout: Path
    process: subprocess.Popen[bytes] | None = None
    patience_s: float = 8

    def start(self) -> None:
        self.process = children.start(self.folder, self.name, self.argv, env=self.env, cwd=self.checkout)

    def stop(self) -> None:
        if self.process is not None:
            # Celery finishes its tasks at the first signal and gives them back at the second.
            children.stop(self.process, signal.SIGTERM, signal.SIGQUIT, patience_s=self.patience_s)


@dataclass
class _Watched:
    program: Program
    started_at: float
    deaths: int = 0
    due_at: float | None = None


@dataclass
class Supervisor:
    """Watches programs and starts again the ones that died, with growing pauses."""

    folder: DataFolder
    clock: Callable[[], float] = time.monotonic
    watched: list[_Watched] = field(default_factory=list)

    def adopt(self, program: Program) -> None:
        """Watch a program that runs already, or start it first."""
        if program.process is None:
            program.start()
        self.watched.append(_Watched(program, self.clock()))

    def look(self) -> None:
        """One round over all programs; raises `Refusal` for one that dies again and again."""
        for item in self.watched:
            if item.due_at is not None:
                if self.clock() >= item.due_at:
                    self._start_again(item)
            elif item.program.process is not None and item.program.process.poll() is not None:
                self._mourn(item, f"ended with code {item.program.process.returncode}")

    def _mourn(self, item: _Watched, how: str) -> None:
        if item.program.process is not None:
            children.end_group(item.program.process.pid)
        item.deaths = 1 if self.clock() - item.started_at > WELL_AFTER_S else item.deaths + 1
        name = item.program.name
        if item.deaths >= DEATHS_IN_A_ROW:
            raise Refusal(
                f"{name} {how}, {item.deaths} times in a row:\n{children.last_lines(self.folder, name)}",
                todo=f"mend what it names; all of it is in {self.folder.logs / f'{name}.log'}.",
            )
        pause = min(FIRST_PAUSE_S * 2 ** (item.deaths - 1), LONGEST_PAUSE_S)
        item.due_at = self.clock() + pause
        say(f"{name} {how}; starting it again in {pause:g} s.")

    def _start_again(self, item: _Watched) -> None:
        item.due_at = None
        item.started_at = self.clock()
        try:
            item.program.start()
        except Refusal as refusal:
            self._mourn(item, f"did not start ({refusal.what.splitlines()[0]})")

    def stop(self) -> None:
        """Ask all at once, then wait for each: the slowest decides how long it takes."""
        own = [item.program for item in self.watched if isinstance(item.program, Process)]
        for program in own:
            if program.process is not None and program.process.poll() is None:
                program.process.send_signal(signal.SIGTERM)
        for program in own:
            program.stop()
