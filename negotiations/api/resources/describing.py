"""How resources are described: a page of them, one of them, and the parameters of their lists."""

from __future__ import annotations

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse
from rest_framework import serializers

from negotiations.exports.table import MEDIA
from negotiations.selectors.filters.kinds import CodeFilter, FlagFilter, MomentFilter
from negotiations.selectors.filters.related import RelatedFilter

from .. import schema
from ..serializers.condition import NegotiationName
from ..serializers.fields import Provenance, moment
from .resource import Resource

# What an item and a page of a list hold alike.
PAGE_REST = frozenset(
    {
        "negotiation", "language", "as_of", "known_at", "is_past", "coverage_has_ended", "valid_until", "marking",
        "license", "cite_as", "permalink",
    }
)  # fmt: skip


class Moments(serializers.Serializer[Any]):
    """The moment a document is about."""

    as_of = moment("The moment asked about, or the one its flags are computed at; null for the latest.")
    known_at = moment("Told as known at this moment; null for as known now.")
    is_past = serializers.BooleanField()
    coverage_has_ended = serializers.BooleanField()
    valid_until = moment("When a flag flips by the mere passing of time.")


def page_of(resource: Resource) -> type[serializers.Serializer[Any]]:
    """The description of one page of a list."""
    members = {
        "__doc__": "One page of a list; `next` is the address of the following one.",
        "results": resource.line(many=True),
        "next": serializers.URLField(allow_null=True),
        "count": serializers.IntegerField(allow_null=True, help_text="Told where `count=exact` asks for it."),
        "negotiation": NegotiationName(),
    }
    return type(f"{resource.kind.__name__}Page", (Moments, Provenance), members)


def item_of(resource: Resource) -> type[serializers.Serializer[Any]]:
    """The description of one item with what its reader may do to it."""
    name = resource.kind.__name__
    urls = type(
        f"{name}Urls",
        (serializers.Serializer,),
        {
            "__doc__": "Where to go on.",
            **{key: serializers.URLField() for key in ("self", *resource.paths, "negotiation")},
        },
    )
    members = {
        "__doc__": resource.line.__doc__,
        "negotiation": NegotiationName(),
        "allowed_actions": serializers.ListField(child=serializers.CharField()),
        "urls": urls(),
    }
    return type(f"{name}Item", (resource.line, Moments, Provenance), members)


def page_responses(resource: Resource) -> dict[Any, Any]:
    """What a list is answered with; the example is a page of the one item that is the noun's example."""
    (one,) = schema.example(resource.noun)
    row = {name: one.value[name] for name in resource.members if name in one.value}
    rest = {name: value for name, value in one.value.items() if name in PAGE_REST}
    page = {"results": [row], "next": None, "count": None, **rest}
    example = OpenApiExample(f"{resource.plural} page".capitalize(), value=page, response_only=True)
    file = OpenApiResponse(OpenApiTypes.BYTE, description="The whole list.")
    document = OpenApiResponse(page_of(resource), examples=[example])
    answers = schema.read(page_of(resource), resource.noun, 400, 404)
    return {**answers, 200: document, (200, "text/csv"): file, (200, MEDIA["xlsx"]): file}


def list_parameters(resource: Resource) -> list[OpenApiParameter]:
    """What a list may be asked, its filters last."""
    return [
        schema.SLUG, schema.AS_OF, schema.KNOWN_AT, schema.LANG, schema.CURSOR, schema.LIMIT, schema.COUNT,
        schema.FIELDS, schema.OMIT, schema.FORMAT, schema.IF_NONE_MATCH,
        *(filter_parameter(name, one) for name, one in resource.filters.base_filters.items()),
    ]  # fmt: skip


def filter_parameter(name: str, found: Any) -> OpenApiParameter:
    """A filter as the description has it."""
    if isinstance(found, CodeFilter):
        codes = [code for code, _label in found.extra["choices"]]
        return schema.query(name, "Any of these; may be given several times.", enum=codes, many=True)
    if isinstance(found, FlagFilter):
        return schema.query(name, "Yes or no.", OpenApiTypes.BOOL)
    if isinstance(found, MomentFilter):
        edge = "From" if found.lookup_expr == "gte" else "Up to"
        return schema.query(name, f"{edge} a moment, or a day in the negotiation's zone; both ends are included.")
    if isinstance(found, RelatedFilter):
        return schema.query(name, "By id, or by what people call it: a ref, a number, an actor's name or letters.")
    if name == "q":
        return schema.query(name, "Words that stand in any of its texts, capitals or not.")
    return schema.query(name, "Of the item with this id.", OpenApiTypes.UUID)
