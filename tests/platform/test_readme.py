"""The README names every variable an operator may set, and nothing that the settings do not read."""

from __future__ import annotations

import re
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent.parent
README = (CHECKOUT / "README.md").read_text()
READ = re.compile(r'(?:env\.\w+|environ(?:\.get)?)[(\[]\s*"([A-Z][A-Z_]+)"')
# What the scripts, the image or compose set themselves, or what only a test or a developer wants.
OF_THE_LAUNCHER = {
    "ALLOWED_HOSTS", "CI", "DATABASE_APP_ROLE", "DATABASE_AS_OWNER", "DEBUG", "DEMO", "DJANGO_SETTINGS_MODULE", "HOME",
    "HSTS_PRELOAD", "HTTPS", "LOG_LEVEL", "LOG_READABLE", "REDIS_DATABASE", "STATIC_ROOT",
    "TRACKER_LOCAL", "CHROMIUM", "BENCH_SIZES", "BENCH_JSON", "DATA_LICENSE",
}  # fmt: skip


def read_names() -> set[str]:
    files = [*(CHECKOUT / "tracker").rglob("*.py")]
    return {name for file in files for name in READ.findall(file.read_text())}


def told_names() -> set[str]:
    table = [line for line in README.splitlines() if line.startswith("| `")]
    return {name for line in table for name in re.findall(r"`([A-Z][A-Z_]+)`", line.split("|")[1])}


def test_every_variable_of_an_operator_is_told() -> None:
    assert read_names() - OF_THE_LAUNCHER <= told_names()


def test_nothing_is_told_that_nobody_reads() -> None:
    assert told_names() <= read_names()


def test_every_script_is_told() -> None:
    scripts = {path.name for path in (CHECKOUT / "script").iterdir()} - {"setup", "environment.py", "database-roles.sh"}
    assert {name for name in scripts if f"script/{name}" not in README} <= {"pycache", "__pycache__"}
