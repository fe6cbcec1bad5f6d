"""Counts of attempts at what can be guessed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("negotiations", "0003_tombstone_public_id")]

    operations = [
        migrations.CreateModel(
            name="AttemptCount",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("count", models.PositiveIntegerField()),
                ("since", models.DateTimeField()),
            ],
            options={"indexes": [models.Index(fields=["since"], name="attemptcount_since")]},
        ),
    ]
