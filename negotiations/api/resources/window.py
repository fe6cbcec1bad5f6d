"""Windows: spans of time in which something can still be done."""

from __future__ import annotations

from rest_framework import serializers

from negotiations.models import Phase, Window
from negotiations.selectors.filters.window import WindowFilter
from negotiations.selectors.state_rows import Row

from ..pagination import Sort
from .around import Around
from .field import Field, columns, made_of, one
from .resource import resource


def _is_open(row: Row, around: Around) -> bool:
    at = around.reading.moment.at
    return row["opens_at"] <= at and (row["closes_at"] is None or row["closes_at"] >= at)


RESOURCE = resource(
    Window,
    "windows",
    made_of(
        Window,
        columns(Window, "ref", "title", "title_ar", "reason", "reason_ar"),
        one("phase", Phase),
        columns(Window, "opens_at", "closes_at", "closed_reason"),
        Field(
            name="is_open",
            columns=("opens_at", "closes_at"),
            value=_is_open,
            described=serializers.BooleanField,
        ),
    ),
    order=(Sort("opens_at"),),
    filters=WindowFilter,
    is_small=True,
)
