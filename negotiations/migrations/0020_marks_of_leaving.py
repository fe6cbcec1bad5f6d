"""What marks a mail as leaving changes no index and finds room beside the row, so that marking is cheap.

The two indexes that go are the beginnings of others: of the unique windows, and of a person's deliveries.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("negotiations", "0019_books")]

    operations = [
        migrations.AddField(
            model_name="delivery",
            name="begun_at",
            field=models.DateTimeField(help_text="When it was marked as about to leave, with a few others.", null=True),
        ),
        migrations.AddField(
            model_name="delivery",
            name="handed_at",
            field=models.DateTimeField(help_text="When handing it over began; empty while it has not left.", null=True),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="subscription",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="deliveries",
                to="negotiations.subscription",
            ),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="user",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="deliveries",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.RunSQL(
            "ALTER TABLE negotiations_delivery SET (fillfactor = 70)",
            "ALTER TABLE negotiations_delivery RESET (fillfactor)",
        ),
    ]
