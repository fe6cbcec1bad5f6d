"""Verbs on sources."""

from __future__ import annotations

from negotiations.models import Negotiation, Source
from negotiations.services.source import add_source, edit_source, retract_source

from .body import Edit, NewItem, Told
from .verb import Verb


class SourceWrite(Edit):
    """A document, statement or conversation, graded for its reliability."""

    class Meta:
        model = Source
        fields = (
            "kind", "publisher", "title", "title_ar", "title_language", "url", "archived_url", "published_at",
            "accessed_at", "language", "reliability", "origin", "attribution",
        )  # fmt: skip


class SourceNew(NewItem):
    """A new document, statement or conversation."""

    class Meta(SourceWrite.Meta):
        pass


VERBS = (
    Verb(
        name="source.added",
        on=Negotiation,
        makes=Source,
        body=SourceNew,
        run=lambda call: add_source(negotiation=call.negotiation, **call.made),
        summary="Add a source",
        example={
            "kind": "news_report",
            "publisher": "River Post",
            "title": "Monitors count the posts",
            "url": "https://example.org/posts",
            "published_at": "2025-11-04T06:00:00Z",
            "language": "en",
            "reliability": "B",
        },
    ),
    Verb(
        name="source.edited",
        on=Source,
        body=SourceWrite,
        run=lambda call: edit_source(call.item, **call.amended),
        summary="Edit a source",
        example={"archived_url": "https://archive.example.org/posts", "reason": "Archived."},
    ),
    Verb(
        name="source.retracted",
        on=Source,
        path="retract",
        body=Told,
        run=lambda call: retract_source(call.item, **call.amended),
        summary="Record that its publisher took it back",
        description="What rests on it is flagged to its readers.",
        example={"reason": "The publisher withdrew the report."},
    ),
)
