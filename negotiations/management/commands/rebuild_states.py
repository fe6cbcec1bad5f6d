"""`rebuild_states`: derives every state version anew from the entries."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from negotiations.history.states import rebuild_states
from negotiations.models import Entry


class Command(BaseCommand):
    help = "Derive the states over time of every subject anew; the record itself is not touched."

    def handle(self, *_args: Any, **_options: Any) -> None:
        latest = Entry.objects.filter(subject_version__isnull=False).order_by("subject_id", "-seq")
        subjects = latest.distinct("subject_id")
        done = 0
        for entry in subjects:
            with transaction.atomic():
                rebuild_states(entry)
            done += 1
        self.stdout.write(f"{done} subjects rebuilt.")
