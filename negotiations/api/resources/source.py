"""Sources: documents and statements, graded for their reliability."""

from __future__ import annotations

from negotiations.models import Source
from negotiations.rules.codes import Reliability, SourceKind
from negotiations.selectors.filters.source import SourceFilter

from ..pagination import Sort
from .field import columns, labelled, made_of
from .resource import resource

RESOURCE = resource(
    Source,
    "sources",
    made_of(
        Source,
        columns(Source, "ref"),
        labelled(Source, "kind", SourceKind),
        columns(Source, "publisher", "title", "title_ar", "title_language", "language", "url", "archived_url"),
        columns(Source, "published_at", "accessed_at", "sha256"),
        labelled(Source, "reliability", Reliability),
        columns(Source, "origin", "attribution", "retracted_at"),
    ),
    order=(Sort("published_at", is_descending=True, has_nulls=True),),
    filters=SourceFilter,
)
