"""What every verb is told besides its own facts, and the fields that come from an item's own columns."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.validators import UniqueValidator

from negotiations.models import Source, User
from negotiations.rules.codes import Credibility, Marking, TranslatedBy
from negotiations.rules.legible import legible
from negotiations.services.act import Act, Cite

from ..serializers.fields import code
from .fields import Moment, Related, RelatedList, Span, text

# How many unknown fields a refusal names.
NAMED = 20
LONGEST_TEXT = 20_000
TELLING = ("reason", "citations", "no_source_reason", "effective_at", "readers")


class Body(serializers.Serializer[Any]):
    """What a caller sends; a field it does not know is refused by its name, not passed over."""

    def to_internal_value(self, data: Any) -> Any:
        data = seen(data)
        if isinstance(data, Mapping) and (unknown := sorted(set(data) - set(self.fields))):
            wrong = serializers.ErrorDetail(_("There is no such field here."), code="unknown_field")
            raise serializers.ValidationError({name[:80] or "body": [wrong] for name in unknown[:NAMED]})
        return super().to_internal_value(data)


def seen(data: Any) -> Any:
    """What was sent, its words without the signs that nobody sees; the parser has refused endless nesting."""
    match data:
        case str():
            # What no text may hold is for the field to refuse.
            return data if "\x00" in data else legible(data)
        case list():
            return [seen(one) for one in data]
        case dict():
            return {name: seen(one) for name, one in data.items()}
    return data


class CitationWrite(Body):
    """A passage of a source that the change rests on."""

    source = Related(Source)  # type: ignore[assignment]  # the document's own word
    credibility = code(Credibility, required=False, default=Credibility.CANNOT_BE_JUDGED)
    quote = text(4000, help_text="In its original language.")
    quote_language = text(8)
    translation = text(4000)
    translated_by = code(TranslatedBy, required=False, allow_blank=True, default="")
    translator = text(120)
    locator = text(120, help_text="Page, paragraph or minute.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs["translation"] and not attrs["translated_by"]:
            raise serializers.ValidationError({"translated_by": _("Say whether a person or a machine translated it.")})
        return attrs


class Told(Body):
    """Why it is so, on which sources, and when it was so."""

    reason = text(4000)
    citations = CitationWrite(many=True, required=False, default=list, max_length=20)  # type: ignore[call-arg]  # of the list
    no_source_reason = text(1000, help_text="Why there is no citable source, if there is none.")
    effective_at = Moment(
        required=False,
        allow_null=True,
        default=None,
        help_text="When it was so in the world. Left out, it is the statement's own moment, or now.",
    )

    def act(self, *, actor: User, request_id: str, dated: datetime | None = None) -> Act:
        """Who acts, why and on what; `dated` is when it was so unless the caller says otherwise."""
        told = self.validated_data
        return Act(
            actor=actor,
            reason=told.get("reason", ""),
            cites=tuple(Cite(**one) for one in told.get("citations", ())),
            no_source_reason=told.get("no_source_reason", ""),
            effective_at=told.get("effective_at") or dated,
            readers=tuple(told.get("readers", ())),
            request_id=request_id,
        )

    def sent(self) -> dict[str, Any]:
        """What was sent but for what every verb is told."""
        return {name: value for name, value in self.validated_data.items() if name not in TELLING}


class ItemBody(Told, serializers.ModelSerializer[Any]):
    """Columns of an item as a caller may set them: named one by one in `Meta.fields`.

    Nothing is looked up to see whether a value is taken: that would tell of what is hidden.
    """

    serializer_field_mapping: ClassVar = {
        **serializers.ModelSerializer.serializer_field_mapping,
        models.DateTimeField: Moment,
        models.DurationField: Span,
    }

    def get_field_names(self, declared_fields: Any, info: Any) -> list[str]:
        names: list[str] = list(super().get_field_names(declared_fields, info))
        return [*names, *(name for name in declared_fields if name not in names)]

    def build_standard_field(self, field_name: str, model_field: Any) -> tuple[Any, dict[str, Any]]:
        kind, options = super().build_standard_field(field_name, model_field)
        if isinstance(model_field, models.TextField):
            options.setdefault("max_length", LONGEST_TEXT)
        if "validators" in options:
            options["validators"] = [one for one in options["validators"] if not isinstance(one, UniqueValidator)]
        return kind, options

    def build_relational_field(self, field_name: str, relation_info: Any) -> tuple[Any, dict[str, Any]]:  # noqa: ARG002
        kind = relation_info.related_model
        if relation_info.to_many:
            return RelatedList, {"kind": kind, "required": False}
        if relation_info.model_field.null:
            return Related, {"kind": kind, "required": False, "allow_null": True}
        return Related, {"kind": kind}

    def get_uniqueness_extra_kwargs(self, field_names: Any, declared_fields: Any, extra_kwargs: Any) -> Any:  # noqa: ARG002
        return extra_kwargs, {}

    def get_validators(self) -> list[Any]:
        return []


class Edit(ItemBody):
    """Columns that a caller may change: those sent are set, the others stay."""

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        fields = super().get_fields()
        for name in self.Meta.fields:
            fields[name].required = False
        return fields


class NewItem(ItemBody):
    """A new item: how far it may be seen, besides its columns."""

    marking = code(Marking, required=False, help_text="TLP. AMBER+STRICT and RED stay with your organisation.")
    readers = RelatedList(User, required=False, help_text="Who may read it besides you, if it is TLP:RED.")
