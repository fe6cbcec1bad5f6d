"""What can go wrong before the start is told in a sentence that says what to do."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tracker.local import folder as folder_module
from tracker.local.failure import Refusal
from tracker.local.folder import DataFolder
from tracker.local.postgres import Postgres
from tracker.local.server import _free_port

from .conftest import MakeFolder

CHECKOUT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_a_port_that_is_taken(monkeypatch: pytest.MonkeyPatch, taken: int) -> None:
    monkeypatch.setenv("PORT", str(taken))
    with pytest.raises(Refusal, match=rf"Port {taken} is taken.*\n.*PORT={taken + 1} script/server"):
        _free_port()


@pytest.mark.parametrize("port", ["many", "-1", "70000"])
def test_a_port_that_is_none(monkeypatch: pytest.MonkeyPatch, port: str) -> None:
    monkeypatch.setenv("PORT", port)
    with pytest.raises(Refusal, match=rf"PORT={port} is not a port"):
        _free_port()


def test_a_full_disk(make_folder: MakeFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder_module, "NEEDED_BYTES", 2**60)
    with pytest.raises(Refusal, match=r"MB are needed.\n  What to do: free some space"):
        Postgres(make_folder()).start()


def test_a_data_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Refusal, match="cannot be made: Not a directory"):
        DataFolder(tmp_path / "file" / "data")


def test_data_of_another_postgresql(make_folder: MakeFolder) -> None:
    folder = make_folder()
    (folder.base / "pg14").mkdir()
    with pytest.raises(Refusal, match="holds data of another PostgreSQL"):
        Postgres(folder)


def test_secrets_that_do_not_fit_the_data(make_folder: MakeFolder) -> None:
    folder = make_folder()
    first = Postgres(folder)
    first.start()
    first.stop()
    (folder.base / "secrets.json").unlink()
    second = Postgres(folder)
    try:
        with pytest.raises(Refusal, match=r"secrets.json in the data folder must be the one"):
            second.start()
    finally:
        second.stop()


def test_an_old_python(tmp_path: Path) -> None:
    old = tmp_path / "python3"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    script = f"source {CHECKOUT}/script/setup; candidates() {{ echo {old}; }}; find_python"
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False, env=dict(os.environ))
    assert done.returncode == 1
    assert "No Python 3.11 or newer was found" in done.stderr


def test_a_python_without_venv(tmp_path: Path) -> None:
    bare = tmp_path / "python3"
    bare.write_text(f'#!/bin/sh\ncase "$2" in *venv*) exit 1;; esac\nexec {sys.executable} "$@"\n')
    bare.chmod(0o755)
    script = f"source {CHECKOUT}/script/setup; candidates() {{ echo {bare}; }}; find_python"
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False, env=dict(os.environ))
    assert done.returncode == 1
    assert "apt install python3-venv" in done.stderr
