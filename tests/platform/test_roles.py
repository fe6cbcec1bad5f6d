"""What the application's role may not do in the database."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from pytest_django import Settings

from negotiations.models import User
from negotiations.services.ledger import AccountHeld, read
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


@pytest.fixture
def first(db: None) -> User:
    """The first administrator, whom the application may make on a new site."""
    return User.objects.create_superuser("first")


@pytest.mark.parametrize("flag", ["is_staff", "is_superuser"])
def test_it_appoints_nobody(first: User, flag: str) -> None:
    person = User.objects.create_user("person")
    with pytest.raises(ProgrammingError, match="only the owner"), transaction.atomic():
        User.objects.filter(pk=person.pk).update(**{flag: True})
    with pytest.raises(ProgrammingError, match="only the owner"), transaction.atomic():
        User.objects.create_user("another", **{flag: True})


def test_it_dismisses_nobody(first: User) -> None:
    with pytest.raises(ProgrammingError, match="only the owner"), transaction.atomic():
        User.objects.filter(pk=first.pk).update(is_superuser=False)


def test_it_saves_what_else_an_administrator_changes(first: User) -> None:
    first.display_name = "First"
    first.save()
    first.refresh_from_db()
    assert (first.display_name, first.is_superuser) == ("First", True)


@pytest.mark.parametrize(
    ("rank", "flags"), [("administrator", (True, True)), ("staff", (True, False)), ("nobody", (False, False))]
)
def test_the_owner_appoints(
    first: User, as_owner: Callable[[], AbstractContextManager[None]], rank: str, flags: tuple[bool, bool]
) -> None:
    with as_owner():
        call_command("appoint", "first", "--as", rank)
    first.refresh_from_db()
    assert (first.is_staff, first.is_superuser) == flags


def test_the_administrators_site_shows_who_is_and_changes_it_for_nobody(first: User, client: Client) -> None:
    person = User.objects.create_user("person")
    client.force_login(first)
    address = f"/admin/negotiations/user/{person.pk}/change/"
    assert 'name="is_staff"' not in client.get(address).content.decode()
    sent = {"username": "person", "language": "en", "time_zone": "UTC", "is_superuser": "on", "is_active": "on"}
    assert client.post(address, {**sent, "date_joined_0": "2025-01-01", "date_joined_1": "00:00"}).status_code == 302
    person.refresh_from_db()
    assert not person.is_superuser


def test_closing_an_account_is_noted_for_a_restore(
    first: User, client: Client, tmp_path: Path, settings: Settings, django_capture_on_commit_callbacks: Any
) -> None:
    settings.REDACTION_LEDGER = tmp_path / "redactions"
    person = User.objects.create_user("person")
    client.force_login(first)
    sent = {"username": "person", "language": "en", "time_zone": "UTC"}
    sent |= {"date_joined_0": "2025-01-01", "date_joined_1": "00:00"}
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(f"/admin/negotiations/user/{person.pk}/change/", sent).status_code == 302
    (line,) = read(settings.REDACTION_LEDGER)
    assert isinstance(line, AccountHeld)
    assert (line.account, line.is_active) == (str(person.public_id), False)
