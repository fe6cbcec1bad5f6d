"""What is forgotten of the log of webhooks is found by an index that holds nothing else."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("negotiations", "0017_two_ways_through_the_past")]

    operations = [
        AddIndexConcurrently(
            model_name="webhookdelivery",
            index=models.Index(
                condition=models.Q(("entry__isnull", True), ("replay__gt", 0), ("state", "nothing"), _connector="OR"),
                fields=["settled_at"],
                name="webhookdelivery_needless",
            ),
        ),
    ]
