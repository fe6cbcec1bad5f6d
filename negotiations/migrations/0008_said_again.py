"""What was withdrawn may be said again; an actor nobody here may see does not take its name away."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("negotiations", "0007_reading_order"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="actor", name="actor_name_unique"),
        migrations.RemoveConstraint(model_name="gate", name="gate_once"),
        migrations.RemoveConstraint(model_name="link", name="link_once"),
        migrations.AddConstraint(
            model_name="gate",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_at__isnull", True)),
                fields=("phase", "condition", "authority"),
                name="gate_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="link",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_at__isnull", True)),
                fields=("condition", "other", "type"),
                name="link_once",
            ),
        ),
    ]
