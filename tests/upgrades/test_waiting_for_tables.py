"""A migration waits only briefly for a table that others use, tries again, and says so."""

from __future__ import annotations

from io import StringIO
from typing import Any

import psycopg2
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations import RunSQL
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.migration import Migration

from tracker.management.commands import migrate

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.serial]


class Alter(Migration):
    """Changes a table that the test holds."""

    operations = [RunSQL("ALTER TABLE negotiations_sentonce ALTER COLUMN key SET NOT NULL")]


@pytest.fixture
def waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """One migration that is not applied yet, and no waiting between tries."""
    monkeypatch.setattr(migrate.time, "sleep", lambda _s: None)
    plan = lambda self, targets, clean_start=False: [(Alter("waiting", "negotiations"), False)]  # noqa: E731
    monkeypatch.setattr(MigrationExecutor, "migration_plan", plan)
    monkeypatch.setattr(MigrationExecutor, "record_migration", lambda self, migration: None)


@pytest.fixture
def holding(waiting: None) -> Any:
    """Somebody else whose transaction uses the table."""
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
    other = psycopg2.connect(**{**connection.get_connection_params(), "cursor_factory": None})
    other.cursor().execute("LOCK TABLE negotiations_sentonce IN ACCESS SHARE MODE")
    yield other
    other.close()


def run(**options: Any) -> str:
    err = StringIO()
    call_command("migrate", verbosity=0, stderr=err, lock_timeout=50, **options)
    return err.getvalue()


def test_it_gives_way_and_says_what_to_do(holding: Any) -> None:
    with pytest.raises(CommandError, match="Others use a table that a migration has to change, also at try 2") as told:
        run(tries=2)
    assert "What to do" in str(told.value)


def test_it_tries_again_and_goes_on(holding: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrate.time, "sleep", lambda _s: holding.rollback())
    assert "trying again (1 of 3)" in run(tries=3)


def test_it_stops_a_statement_that_takes_too_long(waiting: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Alter, "operations", [RunSQL("SELECT pg_sleep(30)")])
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
    with pytest.raises(CommandError, match="took too long"):
        run(statement_timeout=100)


def test_the_limits_end_with_the_command(waiting: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
    run()
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone()[0] == "0"
