"""Two installations with engines of their own: one that is backed up, one that is restored into."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.platform.conftest import MakeFolder
from tests.platform.conftest import make_folder as make_folder
from tracker.local.engines import Engines, Shape, running
from tracker.local.folder import DataFolder

CHECKOUT = Path(__file__).resolve().parent.parent.parent
# The people and talks of the tests, told by the product's verbs, with a stored copy and an alert on its way.
STORY = Path(__file__).with_name("story.py")


@dataclass
class Home:
    """One installation: its folder, its engines, and how to run a command there."""

    folder: DataFolder
    engines: Engines

    def call(self, *arguments: str, as_application: bool = False) -> subprocess.CompletedProcess[str]:
        env = self.engines.application_env if as_application else self.engines.env
        command = [sys.executable, *arguments]
        return subprocess.run(command, env=env, cwd=CHECKOUT, capture_output=True, text=True, check=False)

    def manage(self, *arguments: str) -> str:
        """What the command said; the test fails where the command does."""
        done = self.call("manage.py", *arguments)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout + done.stderr

    def refuse(self, *arguments: str) -> str:
        """What the command said when it refused."""
        done = self.call("manage.py", *arguments)
        assert done.returncode == 1, done.stdout + done.stderr
        return done.stderr

    def tell(self, act: str) -> str:
        """Run one act of the story; returns what it printed."""
        done = self.call("-m", "tests.backups.story", act)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout.strip()

    @property
    def ledger(self) -> Path:
        return self.folder.base / "redactions"


MakeHome = Callable[[], Home]


@pytest.fixture(scope="module")
def kept_folders() -> Iterator[MakeFolder]:
    """Folders for the whole module: the first installation is the same for all its tests."""
    with pytest.MonkeyPatch.context() as patch:
        yield from make_folder.__wrapped__(patch)  # type: ignore[attr-defined]  # the fixture's own function


@pytest.fixture(scope="module")
def old(kept_folders: MakeFolder) -> Iterator[Home]:
    """The installation that is backed up; its story is told once."""
    folder = kept_folders()
    with running(folder, "old", Shape(is_throwaway=True)) as engines:
        home = Home(folder, engines)
        home.manage("migrate", "--no-input", "--verbosity", "0")
        home.tell("begin")
        yield home


@pytest.fixture(scope="module")
def new(kept_folders: MakeFolder) -> Iterator[MakeHome]:
    """Makes installations that hold nothing; they last until the module ends."""
    with ExitStack() as stack:

        def make() -> Home:
            folder = kept_folders()
            return Home(folder, stack.enter_context(running(folder, "new", Shape(is_throwaway=True))))

        yield make


@pytest.fixture(scope="module")
def backup(old: Home, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup; after it, one claim was redacted, a token, an address and a seat were taken back, another
    seat was narrowed and an account closed.
    """
    file = tmp_path_factory.mktemp("kept") / "talks.backup"
    old.manage("backup", str(file))
    old.tell("redact")
    old.tell("revoke")
    old.tell("narrow")
    return file


@pytest.fixture(scope="module")
def restored(old: Home, backup: Path, new: MakeHome) -> tuple[Home, str]:
    """A new installation with the backup restored, and what the command said."""
    home = new()
    return home, home.manage("restore", str(backup), "--redactions", str(old.ledger))
