"""Indexes in the order of lists, so that a page far down costs what the first one does."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("negotiations", "0006_search_indexes"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="assessment",
            index=models.Index(fields=["negotiation", "assessed_at", "public_id"], name="assessment_reading"),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(fields=["negotiation", "said_at", "public_id"], name="claim_reading"),
        ),
        migrations.AddIndex(
            model_name="incident",
            index=models.Index(fields=["negotiation", "happened_at", "public_id"], name="incident_reading"),
        ),
        migrations.AddIndex(
            model_name="meeting",
            index=models.Index(fields=["negotiation", "starts_at", "public_id"], name="meeting_reading"),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(fields=["negotiation", "carried_at", "public_id"], name="message_reading"),
        ),
        migrations.AddIndex(
            model_name="note",
            index=models.Index(fields=["negotiation", "written_at", "public_id"], name="note_reading"),
        ),
        migrations.AddIndex(
            model_name="position",
            index=models.Index(fields=["negotiation", "stated_at", "public_id"], name="position_reading"),
        ),
    ]
