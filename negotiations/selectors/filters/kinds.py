"""Kinds of filters: each narrows a queryset, and tells of values of the past whether they pass."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from negotiations.rules.codes import Code

from .moments import MomentField, bound

Told = Mapping[str, Any]
LONGEST = 200


class CodesField(forms.MultipleChoiceField):
    """Codes of a choice set, each of them at most once: a list of thousands is nobody's question."""

    def validate(self, value: list[str]) -> None:
        if len(value) > len(self.choices):  # type: ignore[arg-type]  # a list, whatever the stubs say
            raise forms.ValidationError(_("Name each choice once."), code="too_many")
        super().validate(value)


class CodeFilter(django_filters.Filter):  # type: ignore[misc]  # brings no types
    """One or several codes of a choice set: any of them."""

    field_class = CodesField

    def __init__(self, codes: type[Code], field_name: str | None = None, **more: Any) -> None:
        super().__init__(field_name, "in", choices=codes.choices(), **more)

    def holds(self, told: Told, value: list[str]) -> bool:
        return told.get(self.field_name) in value


class MomentFilter(django_filters.Filter):  # type: ignore[misc]  # brings no types
    """Moments from (`gte`) or up to (`lte`) a moment or a day, both included."""

    field_class = MomentField

    def __init__(self, field_name: str, lookup_expr: str, **more: Any) -> None:
        super().__init__(field_name, lookup_expr, **more)

    def filter(self, qs: QuerySet[Any], value: date | None) -> QuerySet[Any]:
        return super().filter(qs, self._bound(value)) if value else qs

    def holds(self, told: Told, value: date) -> bool:
        if not told.get(self.field_name):
            return False
        then = datetime.fromisoformat(told[self.field_name])
        return then >= self._bound(value) if self.lookup_expr == "gte" else then <= self._bound(value)

    def _bound(self, value: date) -> datetime:
        return bound(value, self.parent.zone, is_end=self.lookup_expr == "lte")


def from_to(field_name: str) -> tuple[MomentFilter, MomentFilter]:
    """A pair of filters: at or after a moment, at or before one."""
    return MomentFilter(field_name, "gte"), MomentFilter(field_name, "lte")


class TextFilter(django_filters.Filter):  # type: ignore[misc]  # brings no types
    """Words that stand in any of the texts of a row, capitals or not."""

    field_class = forms.CharField

    def __init__(self, **more: Any) -> None:
        super().__init__(max_length=LONGEST, **more)

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        if not value:
            return qs
        found = Q(pk__in=[])
        for name in self.parent.searched:
            found |= Q(**{f"{name}__icontains": value})
        return qs.filter(found)

    def holds(self, told: Told, value: str) -> bool:
        return any(value.casefold() in str(told.get(name) or "").casefold() for name in self.parent.searched)


class FlagFilter(django_filters.Filter):  # type: ignore[misc]  # brings no types
    """Yes or no. Of what is computed it narrows no rows: the list that computes it asks `flag()`."""

    field_class = forms.TypedChoiceField

    def __init__(self, field_name: str | None = None, **more: Any) -> None:
        choices = [("true", "true"), ("false", "false")]
        options = {"choices": choices, "coerce": lambda text: text == "true", "empty_value": None}
        super().__init__(field_name, "exact", **options, **more)

    def filter(self, qs: QuerySet[Any], value: bool | None) -> QuerySet[Any]:  # noqa: ARG002, FBT001
        return qs

    def holds(self, told: Told, value: bool) -> bool:  # noqa: ARG002, FBT001
        return True


class NamedFilter(FlagFilter):
    """Whether what is told names anything there; computed, so that it narrows no rows but what is told of them."""

    def holds(self, told: Told, value: bool) -> bool:  # noqa: FBT001
        return bool(told.get(self.field_name)) is value


class BoolFilter(FlagFilter):
    """Yes or no, of a column."""

    def filter(self, qs: QuerySet[Any], value: bool | None) -> QuerySet[Any]:  # noqa: FBT001
        return qs if value is None else qs.filter(**{self.field_name: value})

    def holds(self, told: Told, value: bool) -> bool:  # noqa: FBT001
        return bool(told.get(self.field_name)) is value


class SetFilter(FlagFilter):
    """Whether a column holds anything: withdrawn or not, resolved or not."""

    def filter(self, qs: QuerySet[Any], value: bool | None) -> QuerySet[Any]:  # noqa: FBT001
        return qs if value is None else qs.filter(**{f"{self.field_name}__isnull": not value})

    def holds(self, told: Told, value: bool) -> bool:  # noqa: FBT001
        return (told.get(self.field_name) is not None) is value
