"""Data folders that tests start engines in, and end with."""

from __future__ import annotations

import itertools
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tracker.local.account import server_account
from tracker.local.folder import DataFolder

MakeFolder = Callable[..., DataFolder]


@pytest.fixture
def make_folder(monkeypatch: pytest.MonkeyPatch) -> Iterator[MakeFolder]:
    """Makes data folders at a path under a fresh root of a given mode; removes them and moved data after."""
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_APP_ROLE", "REDIS_URL"):
        monkeypatch.delenv(name, raising=False)
    made: list[list[Path]] = []

    def make(below: str = "data", *, mode: int = 0o755) -> DataFolder:
        root = Path(tempfile.mkdtemp(prefix="tracker-test-"))
        root.chmod(mode)
        folder = DataFolder(root / below)
        places = [folder.sockets_for(account) for account in {None, server_account()}]
        made.append([root, folder.home_for(server_account()), *places])
        return folder

    yield make
    for path in itertools.chain.from_iterable(made):
        shutil.rmtree(path, ignore_errors=True)
