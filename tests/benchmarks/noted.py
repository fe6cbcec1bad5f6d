"""The library's way for comparison: a copy of the row for each change, under django-simple-history."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, models
from simple_history.models import HistoricalRecords

from negotiations.models import Condition

from .long_record import Length, look_in


def noted_kind() -> type[models.Model]:
    """A model of a condition's columns whose every change the library keeps."""
    columns = {
        field.attname: models.BigIntegerField(null=True) if field.is_relation else field.clone()
        for field in Condition._meta.concrete_fields
    }
    meta = type("Meta", (), {"managed": False, "db_table": "bench_noted", "app_label": "tracker"})
    # Without a relation to accounts: deleting one would look for rows in a table that is only made here.
    history = HistoricalRecords(history_user_id_field=models.IntegerField(null=True))
    body = {**columns, "__module__": __name__, "Meta": meta, "history": history}
    return type("NotedCondition", (models.Model,), body)


NOTED = noted_kind()
KEPT = NOTED.history.model  # type: ignore[attr-defined]  # the library puts it there


def note_all(length: Length) -> None:
    """The library's table with a row for each entry of the record, as it would have written them."""
    columns = [field.column for field in Condition._meta.concrete_fields if field.column not in ("status", "value")]
    names = ", ".join(f'"{name}"' for name in columns)
    with connection.cursor() as cursor:
        look_in(length.schema)
        with connection.schema_editor() as editor:
            editor.create_model(KEPT)
        cursor.execute(
            f"""
            INSERT INTO {KEPT._meta.db_table} ({names}, status, value, history_date, history_type)
            SELECT {", ".join(f'told."{name}"' for name in columns)},
                state.values ->> 'status', (state.values ->> 'value')::numeric,
                lower(state.effective), CASE entry.subject_version WHEN 1 THEN '+' ELSE '~' END
            FROM negotiations_entry entry
            JOIN negotiations_condition told ON told.public_id = entry.subject_id
            JOIN negotiations_stateversion state
                ON state.subject_id = entry.subject_id AND lower(state.effective) = entry.effective_at
                AND upper_inf(state.known)
            """
        )
        cursor.execute(f"VACUUM ANALYZE {KEPT._meta.db_table}")
        look_in("public")


def noted_at(moment: datetime) -> list[models.Model]:
    """Every item as the library says it was."""
    return list(NOTED.history.as_of(moment))  # type: ignore[attr-defined]
