"""`script/test`: every check of the project, on engines of its own."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .browser import find_browser
from .catalogues import compile_messages
from .engines import Engines, Shape, running
from .folder import DataFolder
from .prepare import fingerprint, is_done, note
from .terminal import say, step

# One connection pool per parallel worker and per fault test, and a pair of Redis databases for each.
# Benchmarks wait for the disk as production does: a commit is part of what writing costs.
IS_BENCH = "BENCH_SIZES" in os.environ
SHAPE = Shape(connections=200, redis_databases=64, is_throwaway=not IS_BENCH)
NOTHING_COLLECTED = 5
FULL = "--full"


@dataclass(frozen=True)
class Check:
    """One step of the suite; exit codes in `fine` count as passed."""

    name: str
    argv: list[str]
    env: Mapping[str, str]
    fine: tuple[int, ...] = (0,)


def run_suite(folder: DataFolder, checkout: Path, arguments: list[str]) -> int:
    """All checks without arguments; with arguments only pytest with them. Returns 0 when all passed."""
    # Tests make and drop databases: never on a server that somebody named for the application.
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_APP_ROLE", "REDIS_URL"):
        os.environ.pop(name, None)
    is_full = FULL in arguments
    wanted = [argument for argument in arguments if argument != FULL]
    compile_messages(checkout)
    with running(folder, "script/test", SHAPE) as engines:
        env = _test_environment(engines, is_full=is_full)
        checks = [_kept_database(folder, checkout, wanted, env)] if wanted else _all_checks(engines, env)
        return _run(checks, checkout)


def _test_environment(engines: Engines, *, is_full: bool) -> dict[str, str]:
    """Tests connect as the owner, who may make their databases, and take the application's role in each test."""
    env = engines.env
    return {
        **env,
        "DATABASE_URL": env["DATABASE_OWNER_URL"],
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "TEST_FULL": "true" if is_full else "false",
    }


def _pytest(name: str, arguments: list[str], env: Mapping[str, str], fine: tuple[int, ...] = (0,)) -> Check:
    return Check(name, [sys.executable, "-m", "pytest", *arguments], env, fine)


def _kept_database(folder: DataFolder, checkout: Path, arguments: list[str], env: Mapping[str, str]) -> Check:
    """Pytest on the test database of the last time, unless a migration changed: making one takes a while."""
    mark = fingerprint([checkout / "negotiations" / "migrations", checkout / "tracker" / "roles.py"])
    keep = ["--reuse-db"] if is_done(folder, "test-database", mark) else ["--reuse-db", "--create-db"]
    note(folder, "test-database", mark)
    return _pytest("tests", [*keep, *arguments], env)


def _all_checks(engines: Engines, test_env: Mapping[str, str]) -> list[Check]:
    run = [sys.executable, "-m"]
    manage = [sys.executable, "manage.py"]
    env = engines.env
    production = {
        **engines.application_env,
        "TRACKER_LOCAL": "false",
        "SECRET_KEY": secrets.token_urlsafe(60),
        "ALLOWED_HOSTS": "tracker.example.org",
    }
    browser = find_browser(may_install=True)
    serial_env = {**test_env, "CHROMIUM": str(browser or "")}
    return [
        Check("ruff check", [*run, "ruff", "check", "."], env),
        Check("ruff format", [*run, "ruff", "format", "--check", "."], env),
        Check("mypy", [*run, "mypy"], env),
        Check("migrations are complete", [*manage, "makemigrations", "--check", "--dry-run"], env),
        Check("migrate", [*manage, "migrate", "--no-input", "--verbosity", "0"], env),
        Check(
            "checks of a deployment",
            [*manage, "check", "--deploy", "--fail-level", "WARNING", "--database", "default"],
            production,
        ),
        _pytest("tests in parallel", ["-n", "2", "-m", "not serial and not e2e"], test_env),
        _pytest("tests one by one", ["-m", "serial"], serial_env, fine=(0, NOTHING_COLLECTED)),
        _pytest("tests in a browser", ["-m", "e2e and not serial"], serial_env, fine=(0, NOTHING_COLLECTED)),
    ]


def _run(checks: list[Check], checkout: Path) -> int:
    """Run every check, also after one failed: a person wants the whole list."""
    failed = []
    for check in checks:
        step(check.name)
        started = time.monotonic()
        code = subprocess.run(check.argv, env=dict(check.env), cwd=checkout, check=False).returncode
        if code not in check.fine:
            failed.append(check.name)
            say(f"FAILED: {check.name} (code {code})")
        elif len(checks) > 1:
            say(f"  passed in {time.monotonic() - started:.0f} s")
    if len(checks) > 1:
        say(
            f"\n{len(checks) - len(failed)} of {len(checks)} checks passed."
            + (f" Failed: {', '.join(failed)}." if failed else "")
        )
    return 1 if failed else 0
