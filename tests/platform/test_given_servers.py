"""Servers of somebody else: one address is enough where it may make a role, otherwise a sentence says what to set."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg2
import pytest

from tracker.local.engines import Engines, running
from tracker.local.failure import Refusal
from tracker.local.postgres import SUPERUSER
from tracker.local.servers import check_redis, database_settings

from .conftest import MakeFolder


@pytest.fixture
def server(make_folder: MakeFolder) -> Iterator[Engines]:
    with running(make_folder(), "somebody's server") as engines:
        yield engines


def superuser_url(server: Engines) -> str:
    owner = server.settings["DATABASE_OWNER_URL"]
    address = owner.rpartition("@")[2]
    return f"postgres://{SUPERUSER}:{server.folder.secret(SUPERUSER)}@{address}"


def user_of(url: str) -> str:
    connection = psycopg2.connect(url.replace("postgres://", "postgresql://", 1))
    with connection, connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        name = str(cursor.fetchone()[0])
    connection.close()
    return name


def test_one_address_is_the_owners_and_a_role_is_made_beside_it(server: Engines, make_folder: MakeFolder) -> None:
    folder = make_folder()
    given = {"DATABASE_URL": superuser_url(server), "DATABASE_APP_ROLE": "desk_app"}
    made = database_settings(folder, given)
    assert made["DATABASE_OWNER_URL"] == given["DATABASE_URL"]
    assert user_of(made["DATABASE_URL"]) == made["DATABASE_APP_ROLE"] == "desk_app"
    assert database_settings(folder, given) == made


def test_it_leaves_a_role_of_another_copy_alone(server: Engines, make_folder: MakeFolder) -> None:
    with pytest.raises(Refusal, match="does not let tracker_app in"):
        database_settings(make_folder(), {"DATABASE_URL": superuser_url(server)})
    assert user_of(server.settings["DATABASE_URL"]) == "tracker_app"


def test_where_no_role_may_be_made_it_says_what_to_set(server: Engines, make_folder: MakeFolder) -> None:
    given = {"DATABASE_URL": server.settings["DATABASE_OWNER_URL"], "DATABASE_APP_ROLE": "somebody_new"}
    with pytest.raises(Refusal, match="DATABASE_OWNER_URL to the role that owns"):
        database_settings(make_folder(), given)


def test_two_addresses_are_taken_as_they_are(server: Engines, make_folder: MakeFolder) -> None:
    given = {name: server.settings[name] for name in ("DATABASE_URL", "DATABASE_OWNER_URL")}
    assert database_settings(make_folder(), given) == {**given, "DATABASE_APP_ROLE": "tracker_app"}


def test_an_address_nobody_answers_at_is_named_without_its_password(make_folder: MakeFolder) -> None:
    with pytest.raises(Refusal, match=r"postgres://127.0.0.1:1/tracker does not let me in") as refusal:
        database_settings(make_folder(), {"DATABASE_URL": "postgres://me:hunter2@127.0.0.1:1/tracker"})
    assert "hunter2" not in str(refusal.value)


def test_a_redis_nobody_answers_at_is_named_without_its_password() -> None:
    with pytest.raises(Refusal, match=r"Redis at redis://127.0.0.1:1/0 does not answer") as refusal:
        check_redis("redis://:hunter2@127.0.0.1:1/0")
    assert "hunter2" not in str(refusal.value)
