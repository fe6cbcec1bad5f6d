"""A saved view that an alert was about is kept when it is deleted, and its name is free again."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("negotiations", "0022_editions")]

    operations = [
        migrations.AddField(
            model_name="savedview", name="deleted_at", field=models.DateTimeField(blank=True, null=True)
        ),
        migrations.RemoveConstraint(model_name="savedview", name="savedview_name_once"),
        migrations.AddConstraint(
            model_name="savedview",
            constraint=models.UniqueConstraint(
                fields=("user", "name"), name="savedview_name_once", condition=models.Q(("deleted_at__isnull", True))
            ),
        ),
        migrations.AlterField(
            model_name="subscription",
            name="view",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="negotiations.savedview",
            ),
        ),
    ]
