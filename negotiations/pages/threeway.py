"""Opened, saved, yours: what a lost race looks like to the person who lost it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from negotiations.models import Condition, Tracked
from negotiations.rules.codes import Code, ConditionStatus, VerificationMethod, VerifiedBy, VerifierAccess
from negotiations.rules.names import listed
from negotiations.selectors.entry_lines import entry_lines
from negotiations.services.conflict import VersionConflict

from .forms.fields import PickField, PickManyField
from .frame import Visit

CODES: dict[str, type[Code]] = {
    "status": ConditionStatus,
    "verified_by": VerifiedBy,
    "verification_method": VerificationMethod,
    "verification_access": VerifierAccess,
}


@dataclass(frozen=True, slots=True)
class ConflictLine:
    """One field, three ways."""

    label: str
    opened: str
    saved: str
    yours: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Who saved what meanwhile, and the version to apply on top of."""

    by: str
    saved_at: datetime | None
    version: int
    lines: tuple[ConflictLine, ...]


def conflict_of(opened: Visit, row: Tracked, lost: VersionConflict, form: forms.Form | None = None) -> Conflict:
    """The three-way view of a refused change, in the words of the form it was typed into."""
    saved = entry_lines([lost.entry], viewer=opened.viewer) if lost.entry else []
    fields = form.fields if form is not None else {}
    lines = [
        ConflictLine(
            label, *(_words(one.field, value, fields.get(one.field)) for value in (one.opened, one.saved, one.yours))
        )
        for one in lost.conflicts
        if (label := _label(row, one.field, fields.get(one.field)))
    ]
    return Conflict(
        by=saved[0].by if saved else "",
        saved_at=saved[0].inserted_at if saved else None,
        version=lost.saved_version,
        lines=tuple(line for line in lines if not line.opened == line.saved == line.yours),
    )


def _label(row: Tracked, field: str, shown: forms.Field | None) -> str:
    """The field as the page calls it; empty for what the page does not show."""
    if shown is not None and shown.label:
        return str(shown.label)
    if not isinstance(row, Condition):
        return ""
    labels = {
        "status": _("Status"),
        "value": row.unit.capitalize() or _("Value"),
        "verified_by": _("Whose word"),
        "verification_method": _("How it was found"),
        "verification_access": _("With what access"),
        "suspended_until": _("Withheld until"),
        "checked_where": _("Where somebody looked"),
        "checked_at": _("Checked"),
        "title": _("Title"),
        "text": _("Text"),
        "target": _("Target"),
        "due_at": _("Due"),
    }
    return labels.get(field, "")


def _words(field: str, value: Any, shown: forms.Field | None) -> str:
    if value in (None, "", []):
        return "–"
    if isinstance(shown, PickField | PickManyField):
        asked = value if isinstance(value, list) else [value]
        rows = shown.queryset.filter(public_id__in=asked) if shown.queryset is not None else []
        return listed([shown.label_from_instance(row) for row in rows]) or "–"
    if isinstance(shown, forms.ChoiceField):
        named = {str(key): str(label) for key, label in shown.choices}  # type: ignore[union-attr, misc]
        return named.get(str(value), str(value))
    if field in CODES:
        return CODES[field](value).label
    moment = parse_datetime(value) if field.endswith("_at") and isinstance(value, str) else None
    return date_format(localtime(moment), f"j M Y{_(', ')}H:i") if moment else str(value)
