"""The ways through the past are found by an index on either clock, and what was entered later at once."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("negotiations", "0016_time_at_any_length")]

    operations = [
        AddIndexConcurrently(
            model_name="entry",
            index=models.Index(
                fields=["negotiation", "-recorded_at", "effective_at"],
                name="entry_by_knowledge",
            ),
        ),
        AddIndexConcurrently(
            model_name="entry",
            index=models.Index(
                condition=models.Q(("backfilled", True)),
                fields=["negotiation", "effective_at"],
                name="entry_entered_later",
            ),
        ),
    ]
