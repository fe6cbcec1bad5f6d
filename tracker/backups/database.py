"""PostgreSQL's own programs on this project's database, and the mark of a restore that is not finished."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection, transaction

from tracker.local.failure import Refusal
from tracker.local.programs import postgres_programs
from tracker.roles import RESTORING, is_restoring

# Who is signed in is nobody's business in a backup, and nobody is after a restore.
WITHOUT_ROWS = ("django_session", "usersessions_usersession", "negotiations_attemptcount")


class DatabaseFailure(Exception):
    """A program of PostgreSQL failed; its last words say why."""


def program(name: str) -> str:
    """The program of the pinned packages, or else the system's; raises DatabaseFailure where there is neither."""
    try:
        found: str | None = str(postgres_programs() / name)
    except Refusal:
        found = shutil.which(name)
    if found is None:
        raise DatabaseFailure(
            f"{name} is not installed: install PostgreSQL's client programs, of the server's version."
        )
    return found


def run(name: str, *arguments: str) -> None:
    """Run a program on the database of the default connection; a password goes by the environment alone."""
    done = subprocess.run(
        [program(name), "--no-password", *arguments], env=_address(), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise DatabaseFailure("\n".join(done.stderr.strip().splitlines()[-6:]) or f"{name} failed.")


def _address() -> dict[str, str]:
    asked = connection.get_connection_params()
    names = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "dbname": "PGDATABASE"}
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return {**kept, **{variable: str(asked[name]) for name, variable in names.items() if asked.get(name)}}


@contextmanager
def snapshot() -> Iterator[str]:
    """One moment of the database for everything read in the block and by `dump`; yields its name."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        yield cursor.fetchone()[0]


def dump(target: Path, moment: str) -> None:
    """The whole database as it was in the snapshot, without owners and rights: a restore gives its own."""
    without = [f"--exclude-table-data=public.{table}" for table in WITHOUT_ROWS]
    run("pg_dump", "--format=custom", "--no-owner", "--no-acl", f"--snapshot={moment}", *without, f"--file={target}")


def load(source: Path) -> None:
    """Fill the emptied database; whole or not at all. Its own rights are given at the end of the restore."""
    options = ("--no-owner", "--no-acl", "--exit-on-error", "--single-transaction")
    run("pg_restore", *options, f"--dbname={connection.get_connection_params()['dbname']}", str(source))


def clear_and_mark() -> None:
    """Empty the database and mark it: until `unmark` nobody but the owner gets in, and no migration runs."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
        cursor.execute("COMMENT ON SCHEMA public IS %s", [RESTORING])


def unmark() -> None:
    with connection.cursor() as cursor:
        cursor.execute("COMMENT ON SCHEMA public IS 'The tracker'")


def is_marked() -> bool:
    """Whether a restore was begun here and not finished."""
    with connection.cursor() as cursor:
        return is_restoring(cursor)


def tables() -> set[str]:
    with connection.cursor() as cursor:
        return set(connection.introspection.table_names(cursor))
