"""Members of a document, declared once: which columns they need, how they are made, how they are described."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Model
from rest_framework import serializers

from negotiations.models import Actor, MarkedItem
from negotiations.rules.codes import Code
from negotiations.rules.facts import natural_key
from negotiations.selectors.state_rows import Row
from negotiations.selectors.state_values import by_name, duration, number

from ..serializers.fields import measure, moment, retracted_refs
from .naming import NAMINGS

if TYPE_CHECKING:
    from .around import Around

Value = Callable[[Row, "Around"], Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One member of a document.

    `target` is the kind that `column` leads to; with `is_many` the member is a relation to many of
    them; with `parts` it holds the documents of rows whose `column` leads back to this one.
    """

    name: str
    value: Value
    described: Callable[[], serializers.Field[Any, Any, Any, Any]]
    columns: tuple[str, ...] = ()
    column: str = ""
    target: type[Model] | None = None
    is_many: bool = False
    parts: tuple[Field, ...] = ()
    order: str = ""


def columns(kind: type[MarkedItem], *names: str, help_text: str = "") -> tuple[Field, ...]:
    """Columns as they are: measures as numbers, lengths of time in ISO 8601, a code nobody gave as null."""
    return tuple(_column(kind._meta.get_field(name), help_text) for name in names)


def _column(field: Any, help_text: str) -> Field:
    name = field.name

    def value(row: Row, _around: Around) -> Any:
        return row[name]

    def described() -> Any:
        return describe(field, help_text or field.help_text)

    made = Field(name=name, value=value, described=described, columns=(name,))
    if isinstance(field, models.DecimalField):
        return replace(made, value=lambda row, _around: number(row[name]))
    if isinstance(field, models.DurationField):
        return replace(made, value=lambda row, _around: duration(row[name]))
    if field.choices and field.blank:
        return replace(made, value=lambda row, _around: row[name] or None)
    return made


def describe(field: Any, text: str) -> serializers.Field[Any, Any, Any, Any]:
    """A column as the description of the interface has it."""
    match field:
        case models.CharField() if field.choices:
            return serializers.ChoiceField(choices=list(field.choices), allow_null=field.blank, help_text=text)
        case models.DateTimeField():
            return moment(text, nullable=field.null)
        case models.DateField():
            return serializers.DateField(allow_null=field.null, help_text=text)
        case models.DurationField():
            return serializers.CharField(allow_null=True, help_text="ISO 8601 duration.")
        case models.DecimalField():
            return measure(text)
        case models.BooleanField():
            return serializers.BooleanField(allow_null=field.null, help_text=text)
        case models.IntegerField():
            return serializers.IntegerField(allow_null=field.null, help_text=text)
        case models.JSONField() if field.default is dict:
            return serializers.DictField(child=serializers.CharField(allow_blank=True), help_text=text)
        case models.JSONField():
            return serializers.ListField(child=serializers.CharField(), help_text=text)
        case _:
            return serializers.CharField(allow_blank=field.blank, help_text=text)


def labelled(kind: type[MarkedItem], name: str, codes: type[Code]) -> tuple[Field, ...]:
    """A code, and beside it its word in the language of the answer; both null where nobody gave one."""
    (plain,) = columns(kind, name)
    is_blank = bool(kind._meta.get_field(name).blank)  # type: ignore[union-attr]  # a column

    def label(row: Row, _around: Around) -> str | None:
        return codes(row[name]).label if row[name] else None

    def described() -> Any:
        return serializers.CharField(allow_null=is_blank)

    return plain, Field(name=f"{name}_label", value=label, described=described, columns=(name,))


def one(name: str, kind: type[Model], *, help_text: str = "") -> Field:
    """The item that a relation leads to, by its name; null for none."""
    column = f"{name}_id"

    def value(row: Row, around: Around) -> Any:
        return around.name(kind, row[column])

    def described() -> Any:
        return NAMINGS[kind].described(allow_null=True, help_text=help_text)

    return Field(name=name, value=value, described=described, columns=(column,), column=column, target=kind)


def many(name: str, kind: type[Model]) -> Field:
    """The items that a relation leads to: actors by their English names, others as people count them."""

    def value(row: Row, around: Around) -> Any:
        found = [around.name(kind, pk) for pk in around.related.get(name, {}).get(row["id"], ())]
        return by_name(found) if kind is Actor else in_order(found)

    def described() -> Any:
        return NAMINGS[kind].described(many=True)

    return Field(name=name, value=value, described=described, target=kind, is_many=True)


def in_order(found: Iterable[dict[str, Any] | None]) -> list[dict[str, Any]]:
    """Named items, C2 before C10; those that the reader may not see are not there."""
    visible = [one for one in found if one is not None]
    return sorted(visible, key=lambda one: (natural_key(str(one.get("ref", ""))), str(one["id"])))


def parts(name: str, kind: type[MarkedItem], back: str, fields: tuple[Field, ...], *, order: str, title: str) -> Field:
    """Documents of the rows that belong to this one, in the order of one of their columns."""

    def value(row: Row, around: Around) -> Any:
        return around.parts.get(name, {}).get(row["id"], [])

    # Described once: one name in the description stands for one thing.
    line = described_as(title, kind, fields)

    def described() -> Any:
        return line(many=True)

    return Field(
        name=name, value=value, described=described, column=f"{back}_id", target=kind, parts=fields, order=order
    )


def described_as(title: str, kind: type[MarkedItem], fields: Iterable[Field]) -> type[serializers.Serializer[Any]]:
    """The description of a document made of these members."""
    words = (kind.__doc__ or "").strip().split("\n")[0]
    members: dict[str, Any] = {field.name: field.described() for field in fields}
    return type(title, (serializers.Serializer,), {"__doc__": words, **members})


# Of whatever has a status.
RESTS_ON_RETRACTED = Field(
    name="rests_on_retracted",
    columns=("public_id",),
    value=lambda row, around: list(around.reading.shaken_statuses().refs.get(row["public_id"], ())),
    described=retracted_refs,
)
ID = Field(
    name="id",
    columns=("public_id",),
    value=lambda row, _around: row["public_id"],
    described=serializers.UUIDField,
)


def made_of(kind: type[MarkedItem], *fields: Field | tuple[Field, ...]) -> tuple[Field, ...]:
    """The members of a document: its id first, then these, its marking and version last."""
    flat = [one for some in fields for one in (some if isinstance(some, tuple) else (some,))]
    return (ID, *flat, *columns(kind, "marking", "version"))
