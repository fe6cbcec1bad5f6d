"""Clauses: numbered passages of agreement texts."""

from __future__ import annotations

from negotiations.models import Clause, Instrument
from negotiations.selectors.filters.clause import ClauseFilter

from ..pagination import Sort
from .field import columns, made_of, one
from .resource import resource

CLAUSE = made_of(
    Clause,
    columns(Clause, "number", "position", "text", "text_ar", "text_language", "is_paraphrase"),
)
RESOURCE = resource(
    Clause,
    "clauses",
    (*CLAUSE, one("instrument", Instrument)),
    order=(Sort("instrument__ref", is_natural=True), Sort("position")),
    filters=ClauseFilter,
    named_by="",
    is_small=True,
)
