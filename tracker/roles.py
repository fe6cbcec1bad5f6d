"""Two database roles: the owner migrates, the application reads and writes but owns nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, MutableMapping, Sequence

from django.apps import apps
from django.conf import settings
from django.db import connections, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import Model

# Commands that create or alter tables, or that must see the database as its owner does.
OWNER_COMMANDS = frozenset(
    {
        "appoint",
        "backup",
        "createsuperuser",
        "dbshell",
        "flush",
        "makemigrations",
        "migrate",
        "pgtrigger",
        "redact",
        "redact_entry",
        "restore",
        "sqlflush",
        "sqlmigrate",
        "verify_record",
    }
)


# What the schema says of itself while a restore is not finished.
RESTORING = "A restore is not finished here: run restore again."


def use_owner_where_needed(argv: Sequence[str], environ: MutableMapping[str, str]) -> None:
    """Point DATABASE_URL at the owner's connection when the command needs it and one is given."""
    if len(argv) > 1 and argv[1] in OWNER_COMMANDS and environ.get("DATABASE_OWNER_URL"):
        environ["DATABASE_URL"] = environ["DATABASE_OWNER_URL"]
        environ["DATABASE_AS_OWNER"] = "true"


def append_only_tables(models: Iterable[type[Model]]) -> set[str]:
    """Tables of the models that say `append_only = True`: rows are added there and never touched again."""
    return {model._meta.db_table for model in models if getattr(model, "append_only", False)}


def grant_to_application(using: str = "default", **_: object) -> None:
    """After each migration: let the application use every table, add to the append-only ones, own none.

    Does nothing when the connection is the application's own, the role does not exist, or a restore is
    not finished: until then nobody reads what it has to redact.
    Receives `post_migrate`, hence the ignored keywords.
    """
    # In one transaction: a running application never sees the moment without its rights.
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        role = settings.DATABASE_APP_ROLE
        cursor.execute("SELECT current_user = %s OR NOT EXISTS (SELECT FROM pg_roles WHERE rolname = %s)", [role, role])
        if cursor.fetchone()[0] or is_restoring(cursor):
            return
        _grant(cursor, connections[using].ops.quote_name, role)


def is_restoring(cursor: CursorWrapper) -> bool:
    """Whether a restore was begun in this database and not finished."""
    cursor.execute("SELECT obj_description('public'::regnamespace, 'pg_namespace')")
    return bool(cursor.fetchone()[0] == RESTORING)


def _grant(cursor: CursorWrapper, quote: Callable[[str], str], role: str) -> None:
    name = quote(role)
    cursor.execute("SELECT current_database()")
    database = quote(cursor.fetchone()[0])
    # A temporary table would come first in the search path and could stand in for the record.
    cursor.execute(f"REVOKE TEMPORARY, CREATE ON DATABASE {database} FROM PUBLIC, {name}")
    cursor.execute(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, {name}")
    cursor.execute(f"GRANT USAGE ON SCHEMA public TO {name}")
    cursor.execute(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {name}")
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    add_only = append_only_tables(apps.get_models(include_auto_created=True))
    for (table,) in cursor.fetchall():
        cursor.execute(f"GRANT {_rights(table, add_only)} ON {quote(table)} TO {name}")


def _rights(table: str, add_only: set[str]) -> str:
    if table == "django_migrations":
        return "SELECT"
    return "SELECT, INSERT" if table in add_only else "SELECT, INSERT, UPDATE, DELETE"
