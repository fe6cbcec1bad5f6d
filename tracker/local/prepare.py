"""What has to be done before the first request; what is done already is not done again."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from .catalogues import compile_messages
from .engines import Engines
from .failure import Refusal
from .folder import DataFolder
from .terminal import step


def prepare(engines: Engines, checkout: Path) -> None:
    """Catalogues, tables, static files and, once, the demonstration."""
    compile_messages(checkout)
    step("Bringing the database up to date")
    _manage(checkout, engines.env, "migrate", "--no-input", "--verbosity", "0")
    _manage(checkout, engines.application_env, "check", "--database", "default")
    _collect_static(engines, checkout)
    if engines.is_database_embedded:
        _load_demonstration(engines, checkout)


def _manage(checkout: Path, env: Mapping[str, str], *arguments: str) -> str:
    command = [sys.executable, str(checkout / "manage.py"), *arguments]
    done = subprocess.run(command, env=dict(env), cwd=checkout, capture_output=True, text=True, check=False)
    if done.returncode:
        words = "\n".join(f"    {line}" for line in (done.stdout + done.stderr).strip().splitlines()[-12:])
        raise Refusal(
            f"`manage.py {' '.join(arguments)}` failed:\n{words}", todo=f"script/manage {arguments[0]} shows all."
        )
    return done.stdout


def _collect_static(engines: Engines, checkout: Path) -> None:
    mark = fingerprint([checkout / "static", checkout / "requirements.txt"])
    if is_done(engines.folder, "static", mark):
        return
    step("Collecting static files")
    _manage(checkout, engines.env, "collectstatic", "--no-input", "--clear", "--verbosity", "0")
    note(engines.folder, "static", mark)


def fingerprint(roots: Iterable[Path]) -> str:
    files = [file for root in roots for file in sorted([root, *root.rglob("*")]) if file.is_file()]
    listing = "".join(f"{file}{file.stat().st_size}{file.stat().st_mtime_ns}\n" for file in files)
    return hashlib.sha256(listing.encode()).hexdigest()


def is_done(folder: DataFolder, task: str, mark: str) -> bool:
    """Whether the task was done for files with this fingerprint."""
    file = folder.base / f"{task}.done"
    return file.exists() and file.read_text() == mark


def note(folder: DataFolder, task: str, mark: str) -> None:
    (folder.base / f"{task}.done").write_text(mark)


def _load_demonstration(engines: Engines, checkout: Path) -> None:
    """Once, into an empty database of our own; the note it leaves is what makes this a demonstration."""
    mark = engines.folder.base / "demo"
    command = checkout / "negotiations" / "management" / "commands" / "load_demo.py"
    if mark.exists() or (engines.folder.base / "own-data").exists() or not command.exists():
        return
    # Still there next time when this run is cut off: what was loaded then is the demonstration all the same.
    begun = engines.folder.base / "demo-begun"
    was_cut_off = begun.exists()
    begun.touch()
    step("Loading the demonstration data")
    said = _manage(checkout, engines.application_env, "load_demo", "--if-empty")
    begun.unlink()
    if "nothing loaded" in said.lower() and not was_cut_off:
        (engines.folder.base / "own-data").touch()
        return
    mark.touch()
    engines.settings["DEMO"] = "true"
    engines.publish()
