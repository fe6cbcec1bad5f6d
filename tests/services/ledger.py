"""What one act wrote: the whole database before and after, told apart by table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection

from negotiations.models import Entry

# Every versioned entry moves these; everything else that moves is what the act was about.
RECORD = frozenset({"entry", "entrypayload", "entryaccess", "outboxrow", "stream", "stateversion"})


@dataclass(frozen=True)
class Written:
    """The entries an act appended, in order, and the other tables it touched with how many rows were added."""

    entries: list[Entry]
    tables: dict[str, int]
    result: Any

    @property
    def verbs(self) -> list[str]:
        return [entry.verb for entry in self.entries]


def contents() -> dict[str, set[str]]:
    """Every row of every table of ours as text, by table."""
    found: dict[str, set[str]] = {}
    with connection.cursor() as cursor:
        for model in apps.get_app_config("negotiations").get_models():
            cursor.execute(f"SELECT t::text FROM {model._meta.db_table} t")
            found[str(model._meta.model_name)] = {row for (row,) in cursor.fetchall()}
    return found


def written_by(act: Callable[[], Any]) -> Written:
    """Run the act and say what it wrote."""
    last, before = Entry.objects.order_by("pk").last(), contents()
    result = act()
    after = contents()
    entries = Entry.objects.filter(pk__gt=last.pk if last else 0).order_by("pk").select_related("payload", "outbox")
    tables = {
        name: len(after[name]) - len(before[name])
        for name in after
        if after[name] != before[name] and name not in RECORD
    }
    return Written(list(entries), tables, result)


def nothing_by(act: Callable[[], Any]) -> None:
    """Run an act that raises, and see that it wrote nothing at all."""
    before = contents()
    act()
    assert contents() == before
