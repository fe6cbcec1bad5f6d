"""People with an account."""

from __future__ import annotations

import uuid

import pgtrigger
from django.contrib.auth.models import AbstractUser
from django.db import models

from .zones import check_zone


class User(AbstractUser):
    """A person who signs in. An account alone shows nothing that is not public: seats do.

    `is_staff` and `is_superuser` let a person manage accounts; they give no view of content. Only the
    owner of the database appoints (`manage.py appoint`), but for the first administrator of a new site.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    display_name = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=8, default="en")
    time_zone = models.CharField(max_length=64, default="UTC", validators=[check_zone])
    theme = models.CharField(max_length=8, default="auto")
    digits = models.CharField(max_length=8, default="western", help_text="Digits in Arabic: western or arabic.")
    uses_keys = models.BooleanField(default=True, help_text="Whether single keys are shortcuts (WCAG 2.1.4).")

    class Meta(AbstractUser.Meta):
        triggers = [
            pgtrigger.Trigger(
                name="appointed",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                    IF TG_OP = 'UPDATE' THEN
                        IF (NEW.is_superuser, NEW.is_staff) = (OLD.is_superuser, OLD.is_staff) THEN
                            RETURN NEW;
                        END IF;
                    ELSIF NOT (NEW.is_superuser OR NEW.is_staff)
                       OR NOT EXISTS (SELECT 1 FROM negotiations_user WHERE is_superuser OR is_staff) THEN
                        RETURN NEW;
                    END IF;
                    IF NOT pg_has_role((SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'USAGE') THEN
                        RAISE EXCEPTION 'only the owner of the database appoints administrators'
                            USING ERRCODE = 'insufficient_privilege';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.display_name or self.username
