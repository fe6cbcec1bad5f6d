"""What the application's role may not do in the database."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.conf import settings
from django.db import ProgrammingError, connection, transaction

from negotiations.models import User
from tracker.roles import append_only_tables

pytestmark = pytest.mark.django_db


def one(statement: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]


def test_tests_run_under_the_applications_role() -> None:
    assert one("SELECT current_user") == settings.DATABASE_APP_ROLE


def test_it_is_no_superuser_and_owns_no_table() -> None:
    assert one("SELECT rolsuper OR rolcreatedb OR rolcreaterole FROM pg_roles WHERE rolname = current_user") is False
    assert one("SELECT count(*) FROM pg_tables WHERE tableowner = current_user") == 0


@pytest.mark.parametrize(
    "statement",
    [
        "TRUNCATE negotiations_user CASCADE",
        "ALTER TABLE negotiations_user DISABLE TRIGGER ALL",
        "DROP TABLE negotiations_user",
        "CREATE TABLE stand_in (id int)",
        "CREATE TEMPORARY TABLE negotiations_entry (id int)",
        "SET session_replication_role = replica",
        "DELETE FROM django_migrations",
    ],
)
def test_it_may_not(statement: str) -> None:
    with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"), transaction.atomic():
        one(statement)


def test_it_may_work_on_ordinary_tables() -> None:
    user = User.objects.create_user("reader")
    user.display_name = "Reader"
    user.save()
    assert user.delete()[0] == 1


def test_a_model_says_that_it_is_append_only() -> None:
    class Kept:
        append_only = True
        _meta = User._meta

    assert append_only_tables([Kept, User]) == {"negotiations_user"}  # type: ignore[list-item]


def test_append_only_tables_can_only_be_read_and_added_to() -> None:
    rights = (
        "SELECT has_table_privilege('{0}', 'INSERT') AND NOT has_table_privilege('{0}', 'UPDATE, DELETE, TRUNCATE')"
    )
    tables = append_only_tables(apps.get_models())
    assert [table for table in tables if one(rights.format(table)) is not True] == []
