"""Servers of somebody else, named by DATABASE_URL and REDIS_URL: who may do what there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg2
import redis
from psycopg2 import errors, sql

from .failure import Refusal
from .folder import DataFolder
from .provision import make_role

FLOOR = 150000
BOTH = "set DATABASE_URL to the application's role and DATABASE_OWNER_URL to the role that owns the database."


def database_settings(folder: DataFolder, given: Mapping[str, str]) -> dict[str, str]:
    """The two addresses for a given database.

    With DATABASE_OWNER_URL both are taken as they are. With DATABASE_URL alone it is the owner's, and an
    application's role is made beside it, with a password kept in the data folder.
    """
    if owner_url := given.get("DATABASE_OWNER_URL"):
        role = urlsplit(given["DATABASE_URL"]).username or "tracker_app"
        for url in (owner_url, given["DATABASE_URL"]):
            with _connected(url):
                pass
        return {
            "DATABASE_URL": given["DATABASE_URL"],
            "DATABASE_OWNER_URL": owner_url,
            "DATABASE_APP_ROLE": given.get("DATABASE_APP_ROLE", role),
        }
    url = given["DATABASE_URL"]
    with _connected(url) as connection, connection.cursor() as cursor:
        role, password = _application_role(cursor, folder, given.get("DATABASE_APP_ROLE"))
    app_url = _with_credentials(url, role, password)
    with _connected(app_url):
        pass
    return {"DATABASE_URL": app_url, "DATABASE_OWNER_URL": url, "DATABASE_APP_ROLE": role}


def _application_role(cursor: Any, folder: DataFolder, wanted: str | None) -> tuple[str, str]:
    cursor.execute("SELECT current_database()")
    # Roles belong to the whole server: named after the database, two copies do not share one.
    role = wanted or f"{cursor.fetchone()[0]}_app"[:63]
    password = folder.secret(f"given:{role}")
    try:
        make_role(cursor, role, password, "NOCREATEDB NOCREATEROLE NOSUPERUSER")
    except errors.InsufficientPrivilege:
        raise Refusal(f"The role of DATABASE_URL may not create the application's role {role}.", todo=BOTH) from None
    try:
        cursor.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(sql.Identifier(role)))
    except psycopg2.Error:
        cursor.execute("SELECT 1")
    return role, password


def _with_credentials(url: str, role: str, password: str) -> str:
    parts = urlsplit(url)
    address = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{quote(role)}:{quote(password)}@{address}"))


@contextmanager
def _connected(url: str) -> Iterator[Any]:
    parts = urlsplit(url)
    todo = f"check that it runs, and address, role and password; where the role is another's, {BOTH}"
    shown = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"
    try:
        opened = psycopg2.connect(_for_libpq(url), connect_timeout=5)
    except psycopg2.OperationalError as error:
        reason = " ".join(str(error).split())[:300]
        raise Refusal(
            f"The database at {shown} does not let {parts.username or 'us'} in: {reason}", todo=todo
        ) from None
    with closing(opened) as connection:
        if connection.server_version < FLOOR:
            raise Refusal(
                f"The server at {shown} is older than PostgreSQL 15.", todo="upgrade it, or unset DATABASE_URL."
            )
        connection.autocommit = True
        yield connection


def _for_libpq(url: str) -> str:
    scheme, rest = url.split("://", 1)
    return f"postgresql://{rest}" if scheme in ("postgres", "postgresql", "pgsql") else url


def check_redis(url: str) -> None:
    """Refuse with a sentence when the given Redis does not answer."""
    parts = urlsplit(url)
    try:
        with redis.Redis.from_url(url, socket_timeout=5, socket_connect_timeout=5) as client:
            client.ping()
    except (redis.RedisError, ValueError, OSError) as error:
        raise Refusal(
            f"Redis at {parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path} does not answer: {error}",
            todo="check that it runs and that REDIS_URL is right, or unset REDIS_URL to use the embedded one.",
        ) from None
