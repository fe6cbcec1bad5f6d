"""What is migrated while others work holds nobody up for long and breaks nothing that still runs the release."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django_migration_linter.sql_analyser import analyse_sql_statements, get_sql_analyser_class

from . import RELEASED

pytestmark = pytest.mark.django_db(transaction=True)

# Tables that grow without end: building an index there takes long, and writers wait for it.
LARGE = ("entry", "entrypayload", "entryaccess", "stateversion", "citation", "outboxrow", "accesslog", "delivery")
ANALYSER = get_sql_analyser_class("django.db.backends.postgresql")
# Only these matter for a small table: what still runs the release would fail on them.
BREAKING = {"RENAME_TABLE", "NOT_NULL", "DROP_COLUMN", "DROP_TABLE", "RENAME_COLUMN", "ALTER_COLUMN", "ADD_UNIQUE"}
# (migration, code): why it does no harm. Each was looked at.
LOOKED_AT = {
    ("0010_alerts", "NOT_NULL"): "a constant default on the few negotiations; only opening one meanwhile would fail",
    ("0023_deleted_views", "ADD_UNIQUE"): "less is unique than before, of the few saved views: no row can be refused",
}
NAMED = re.compile(r'(?:TABLE|INTO|UPDATE|\bON|TRIGGER ON)\s+(?:ONLY\s+)?"?(negotiations_\w+)"?')


def since_the_release() -> dict[str, list[str]]:
    """The statements of each migration since the release, as they would be run."""
    loader = MigrationLoader(connection)
    names = sorted(name for app, name in loader.graph.nodes if app == "negotiations")
    state = loader.project_state(("negotiations", RELEASED))
    told = {}
    for name in names[names.index(RELEASED) + 1 :]:
        migration = loader.graph.nodes["negotiations", name]
        with connection.schema_editor(collect_sql=True, atomic=migration.atomic) as editor:
            state = migration.apply(state, editor, collect_sql=True)
        told[name] = [one for one in editor.collected_sql if not one.startswith("--")]
    return told


def statements() -> Iterator[tuple[str, list[str]]]:
    """The same without those on tables that are as new as they: nobody uses these yet."""
    told = since_the_release()
    made = {found for sql in told.values() for one in sql for found in re.findall(r'CREATE TABLE "(\w+)"', one)}
    for name, sql in told.items():
        yield name, [one for one in sql if not made & set(NAMED.findall(one)[:1])]


def dangers(sql: list[str]) -> set[str]:
    errors, _ignored, warnings = analyse_sql_statements(ANALYSER, sql, [])
    found = {issue.code for issue in errors} & BREAKING
    large = [
        one for one in sql if one in ("BEGIN;", "COMMIT;") or any(f'negotiations_{name}"' in one for name in LARGE)
    ]
    _errors, _ignored, warnings = analyse_sql_statements(ANALYSER, large, [])
    return found | {issue.code for issue in warnings}


def test_no_migration_since_the_release_is_unsafe() -> None:
    found = {(name, code) for name, sql in statements() for code in dangers(sql)}
    assert found <= LOOKED_AT.keys(), (
        f"unsafe while others work: {sorted(found - LOOKED_AT.keys())}; split it, add the column with a db_default, "
        "build the index concurrently, or say in LOOKED_AT why it does no harm"
    )


@pytest.mark.parametrize(
    ("sql", "code"),
    [
        ('ALTER TABLE "negotiations_condition" DROP COLUMN "title";', "DROP_COLUMN"),
        ('ALTER TABLE "negotiations_phase" RENAME COLUMN "title" TO "name";', "RENAME_COLUMN"),
        ('ALTER TABLE "negotiations_entry" ADD COLUMN "mood" varchar(9) NOT NULL;', "NOT_NULL"),
        ('CREATE INDEX "slow" ON "negotiations_entry" ("verb");', "CREATE_INDEX"),
    ],
)
def test_an_unsafe_one_is_named(sql: str, code: str) -> None:
    assert code in dangers(["BEGIN;", sql, "COMMIT;"])


def test_an_index_on_a_small_table_or_built_beside_the_work_is_safe() -> None:
    assert not dangers(["BEGIN;", 'CREATE INDEX "quick" ON "negotiations_window" ("opens_at");', "COMMIT;"])
    assert not dangers(['CREATE INDEX CONCURRENTLY "beside" ON "negotiations_entry" ("verb");'])
