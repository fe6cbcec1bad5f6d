"""What an entry changed, field by field, from what to what, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.dateparse import parse_date, parse_datetime, parse_duration
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from negotiations.models import Tracked
from negotiations.rules.fields import field_in_words

from .entry_lines import kinds_by_noun, shortened

# The status and the measured value are told as sentences of their own.
TOLD_ELSEWHERE = frozenset({"status", "value"})
LONGEST = 160
# The ends of a relation in words: by noun, field and value.
Named = Callable[[str, str, Any], str]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field before and after; both empty where only the fact of the change is told.

    Relations are named without their values: what they pointed to may have been narrowed since.
    """

    name: str
    label: str
    before: str
    after: str


def field_changes(noun: str, changes: Mapping[str, Any], named: Named | None = None) -> list[FieldChange]:
    """The fields an entry changed, without those a first entry merely set; `named` says what relations lead to."""
    kind = kinds_by_noun().get(noun)
    return list(_each(kind, changes, named)) if kind else []


def _each(kind: type[Tracked], changes: Mapping[str, Any], named: Named | None) -> Iterator[FieldChange]:
    for name, pair in changes.items():
        label = field_in_words(_base(name))
        if name in TOLD_ELSEWHERE or not label or not _is_change(pair) or _is_hushed(name):
            continue
        field = _field(kind, name)
        if field is None:
            continue
        if field.is_relation:
            before, after = (named(kind.noun(), name, value) if named else "" for value in pair)
            yield FieldChange(name, label, before, after)
        else:
            yield FieldChange(name, label, _shown(field, pair[0]), _shown(field, pair[1]))


def _is_change(pair: Any) -> bool:
    """Whether this is a value before and a different one after; nothing and an empty text are the same."""
    return isinstance(pair, list | tuple) and len(pair) == 2 and (pair[0] or None) != (pair[1] or None)


def _base(name: str) -> str:
    return name.removesuffix("_ar")


def _is_hushed(name: str) -> bool:
    """A twin in the language the reader does not read."""
    return name.endswith("_ar") and get_language() != "ar"


def _field(kind: type[Tracked], name: str) -> Any:
    try:
        return kind._meta.get_field(name)
    except FieldDoesNotExist:
        return None


def _shown(field: Any, value: Any) -> str:
    if value in (None, ""):
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, models.DateTimeField):
        moment = parse_datetime(str(value))
        return date_format(localtime(moment), f"j M Y{_(', ')}H:i") if moment else str(value)
    if isinstance(field, models.DateField):
        day = parse_date(str(value))
        return date_format(day, "j M Y") if day else str(value)
    if isinstance(field, models.DecimalField):
        return format(Decimal(value).normalize(), "f")
    if isinstance(field, models.DurationField):
        span = parse_duration(str(value))
        return ngettext("%(count)s day", "%(count)s days", span.days) % {"count": span.days} if span else str(value)
    return shortened(str(value), LONGEST)
