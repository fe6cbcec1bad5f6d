"""How far the books of alerts were looked through."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("negotiations", "0018_forgetting_webhook_logs")]

    operations = [
        migrations.CreateModel(
            name="Books",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("upto", models.BigIntegerField(default=0)),
                ("gaps", models.PositiveIntegerField(default=0)),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="books_are_one")],
            },
        ),
    ]
