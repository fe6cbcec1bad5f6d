"""The persons named on a TLP:RED item."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models


class NamedReader(models.Model):
    """One person who may read one RED item, whatever kind of item it is."""

    subject_id = models.UUIDField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject_id", "user"], name="namedreader_once")]
        triggers = [
            # Naming a reader discloses: it happens with an entry about the item or not at all.
            pgtrigger.Trigger(
                name="recorded",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                timing=pgtrigger.Deferred,
                declare=[("about", "uuid")],
                func="""
                    IF TG_OP = 'INSERT' THEN about := NEW.subject_id; ELSE about := OLD.subject_id; END IF;
                    IF NOT EXISTS (
                        SELECT 1 FROM negotiations_entry
                        WHERE subject_id = about AND transaction_id = pg_current_xact_id()::text::bigint
                          AND inserted_at >= transaction_timestamp()
                    ) THEN
                        RAISE EXCEPTION 'no change of % without an entry', TG_TABLE_NAME
                            USING ERRCODE = 'restrict_violation';
                    END IF;
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} may read {self.subject_id}"
