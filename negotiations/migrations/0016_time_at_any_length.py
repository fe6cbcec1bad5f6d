"""The past of a long record is read, and the record continued, as quickly as that of a short one.

The planner takes a state's two ranges for unrelated. From their statistics it expects about half of
half of all states where the index finds one for each subject, and would read the whole table instead;
without statistics it expects few, which is what every question about a moment finds.
"""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

TABLE, RANGES = "negotiations_stateversion", ("effective", "known")
CLEARING_SINCE = 180000


def forget_statistics(apps, schema_editor):
    """Statistics gathered before stay unless they are cleared; older servers do it when a type is set anew."""
    with schema_editor.connection.cursor() as cursor:
        for column in RANGES:
            if schema_editor.connection.pg_version >= CLEARING_SINCE:
                cursor.execute(
                    "SELECT pg_clear_attribute_stats(schemaname => current_schema()::text, "
                    "relname => %s, attname => %s, inherited => false)",
                    [TABLE, column],
                )
            else:
                cursor.execute(f"ALTER TABLE {TABLE} ALTER COLUMN {column} TYPE tstzrange")


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("negotiations", "0015_exports")]

    operations = [
        migrations.RunSQL(
            [f"ALTER TABLE {TABLE} ALTER COLUMN {column} SET STATISTICS 0" for column in RANGES],
            [f"ALTER TABLE {TABLE} ALTER COLUMN {column} SET STATISTICS -1" for column in RANGES],
        ),
        migrations.RunPython(forget_statistics, migrations.RunPython.noop),
        AddIndexConcurrently(
            model_name="entry",
            index=models.Index(
                condition=models.Q(("verb", "marking.widened")),
                fields=["subject_id", "effective_at"],
                name="entry_disclosures",
            ),
        ),
        AddIndexConcurrently(
            model_name="stateversion",
            index=models.Index(
                condition=models.Q(("effective__upper_inf", True), ("known__upper_inf", True)),
                fields=["subject_id"],
                name="stateversion_endless",
            ),
        ),
    ]
