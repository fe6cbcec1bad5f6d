"""Two people changing one thing at once: one wins, the other is shown opened, saved and yours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from negotiations.history.states import told_entries
from negotiations.models import Entry, Tracked
from negotiations.models.snapshot import plain
from negotiations.rules import fold
from negotiations.rules.errors import RuleError


@dataclass(frozen=True, slots=True)
class FieldConflict:
    """One field as it was when the form was opened, as it is saved now, and as it was sent."""

    field: str
    opened: Any
    saved: Any
    yours: Any


class VersionConflict(RuleError):
    """Somebody saved the item after the caller opened it; nothing was written."""

    code = "version_conflict"

    def __init__(self, item: Tracked, *, opened: int, fields: list[FieldConflict], entry: Entry | None) -> None:
        super().__init__(_("This changed while you were editing. Nothing of yours has been lost."))
        self.kind = type(item)
        self.subject_id = item.public_id
        self.opened_version = opened
        self.saved_version = item.version
        self.conflicts = fields
        self.entry = entry


def check_version(saved: Tracked, version: int | None, yours: Mapping[str, Any]) -> None:
    """Raise VersionConflict with the three-way view unless `version` is the saved one."""
    if version is None or version == saved.version:
        return
    told = told_entries(saved.public_id)
    opened = fold.state(told[:version]) or {}
    now = fold.state(told) or {}
    sent = {name: plain(value) for name, value in yours.items()}
    touched = [
        name for name, value in now.items() if opened.get(name) != value or (name in sent and sent[name] != value)
    ]
    raise VersionConflict(
        saved,
        opened=version,
        fields=[
            FieldConflict(name, opened.get(name), now.get(name), sent.get(name, opened.get(name))) for name in touched
        ],
        entry=Entry.objects.filter(subject_id=saved.public_id, subject_version=saved.version).first(),
    )
