"""What a change may not do, whatever its verb: checked before anything is written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from negotiations.models import Tracked
from negotiations.rules.errors import RuleError
from negotiations.rules.marking import rank

# What `amend` leaves to verbs with guards of their own, and what never changes.
GUARDED = frozenset(
    {
        "marking",
        "organisation",
        "release_at",
        "release_marking",
        "status",
        "ref",
        "version",
        "negotiation",
        "public_id",
        "published",
    }
)


def check_own_verbs(values: Mapping[str, Any]) -> None:
    """Refuse to edit what only a verb of its own may change, under that verb's guards."""
    if guarded := sorted(GUARDED & values.keys()):
        raise RuleError(
            _("This is not changed by editing; there is a step of its own for it."),
            code="own_verb",
            fields={name: _("There is a step of its own for this.") for name in guarded},
        )


def check_past(item: Tracked, before: Mapping[str, Any]) -> None:
    """Refuse a late entry into a time when the item was not there, or was hidden from its readers of today."""
    if not before:
        raise RuleError(
            _("Nothing is recorded of this at that moment; give a later one, or correct when it began."),
            code="before_beginning",
            fields={"effective_at": _("Nothing is recorded of this at that moment.")},
        )
    marking = getattr(item, "marking", None)
    if marking is not None and rank(before.get("marking", marking)) > rank(marking):
        raise RuleError(
            _("Fewer people could see this at that moment; give one after its marking was widened."),
            code="before_disclosure",
            fields={"effective_at": _("Fewer people could see this at that moment.")},
        )


def as_column(item: Tracked, name: str, value: Any) -> Any:
    """The value as its column gives it back, so that 13 and "13.0" are told as the same number."""
    field = item._meta.get_field(name)
    if field.is_relation or value is None:
        return value
    try:
        return field.to_python(value)  # type: ignore[union-attr]  # reverse relations are never told
    except ValidationError as refused:
        raise ValidationError({name: refused}) from refused


def check_columns(item: Tracked, values: Mapping[str, Any]) -> None:
    """Raise ValidationError naming each new value that its column cannot hold."""
    wrong: dict[str, Any] = {}
    for name, value in values.items():
        field = item._meta.get_field(name)
        if field.is_relation or (value in (None, "") and getattr(field, "blank", False)):
            continue
        try:
            field.clean(value, item)  # type: ignore[union-attr]  # reverse relations are never told
        except ValidationError as refused:
            wrong[name] = refused
    if wrong:
        raise ValidationError(wrong)
