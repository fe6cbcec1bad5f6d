"""Roles and databases: who owns, who only reads and writes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import psycopg2
from psycopg2 import sql

from .failure import Refusal


def provision(
    host: Path, *, superuser: str, owner: str, application: str, database: str, passwords: Mapping[str, str]
) -> None:
    """Make the owner, the application's role and the database in our own cluster, where they are missing."""
    try:
        connection = psycopg2.connect(host=str(host), user=superuser, password=passwords[superuser], dbname="postgres")
    except psycopg2.OperationalError as error:
        raise Refusal(
            f"PostgreSQL runs but does not let us in: {str(error).strip().splitlines()[-1]}",
            todo="secrets.json in the data folder must be the one this data was made with; put it back.",
        ) from None
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            make_role(cursor, owner, passwords[owner], "CREATEDB NOCREATEROLE NOSUPERUSER")
            make_role(cursor, application, passwords[application], "NOCREATEDB NOCREATEROLE NOSUPERUSER")
            # Tests connect as the owner and take the application's role.
            cursor.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(application), sql.Identifier(owner)))
            cursor.execute("SELECT FROM pg_database WHERE datname = %s", [database])
            if cursor.rowcount == 0:
                statement = sql.SQL("CREATE DATABASE {} OWNER {}")
                cursor.execute(statement.format(sql.Identifier(database), sql.Identifier(owner)))
    finally:
        connection.close()


def make_role(cursor: Any, role: str, password: str, rights: str) -> bool:
    """Create a role that may log in; an existing one is left as it is. Says whether it was created."""
    cursor.execute("SELECT FROM pg_roles WHERE rolname = %s", [role])
    if cursor.rowcount:
        return False
    statement = sql.SQL("CREATE ROLE {} LOGIN " + rights + " PASSWORD {}")
    cursor.execute(statement.format(sql.Identifier(role), sql.Literal(password)))
    return True
