"""A position that was taken back stays as a row, and says since when it is withdrawn."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("negotiations", "0020_marks_of_leaving")]

    operations = [
        migrations.AddField(
            model_name="position",
            name="withdrawn_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
