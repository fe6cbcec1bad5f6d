"""What was told is kept once for all who got the same; claiming a delivery and its leaving change no index."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models
from django.db.models.functions import Coalesce

OPEN = ["waiting", "claimed", "sending"]
DIGEST = "encode(sha256(convert_to(array_to_string(told, ','), 'UTF8')), 'hex')"
FILL = f"""
    INSERT INTO negotiations_edition (key, told) SELECT DISTINCT {DIGEST}, told FROM negotiations_delivery
    WHERE told <> '{{}}';
    UPDATE negotiations_delivery SET edition_id = found.id
    FROM negotiations_edition AS found
    WHERE negotiations_delivery.told <> '{{}}' AND found.told = negotiations_delivery.told;
    UPDATE negotiations_delivery SET settled_at = NULL WHERE state IN ('waiting', 'claimed', 'sending');
"""


class Migration(migrations.Migration):
    dependencies = [("negotiations", "0021_positions_taken_back")]

    operations = [
        migrations.CreateModel(
            name="Edition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=64, unique=True)),
                ("told", django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
            ],
            options={
                "indexes": [django.contrib.postgres.indexes.GinIndex(fields=["told"], name="edition_told")],
            },
        ),
        migrations.AddField(
            model_name="delivery",
            name="edition",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="deliveries",
                to="negotiations.edition",
            ),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        # What the rows just changed still has to be checked of them, or the table could not be altered.
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.RemoveIndex(model_name="delivery", name="delivery_told"),
        migrations.RemoveField(model_name="delivery", name="told"),
        migrations.RemoveConstraint(model_name="delivery", name="delivery_message_once"),
        migrations.RemoveIndex(model_name="delivery", name="delivery_open"),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                Coalesce("next_try_at", "due_at"),
                "id",
                name="delivery_open",
                condition=models.Q(("settled_at__isnull", True)),
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", OPEN), _negated=True) | models.Q(("settled_at__isnull", True)),
                name="delivery_open_is_not_settled",
            ),
        ),
    ]
