"""An index to the conditions that resemble one of an earlier negotiation."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("negotiations", "0004_attempt_counts")]

    operations = [
        migrations.AddIndex(
            model_name="condition",
            index=models.Index(
                condition=models.Q(("corresponds_to__isnull", False)),
                fields=["negotiation", "corresponds_to"],
                name="condition_resembling",
            ),
        ),
    ]
