"""Verbs on sources and on what they support."""

from __future__ import annotations

from typing import Any

from negotiations.models import Entry, Negotiation, Source

from .act import Act, Cite
from .citing import covering
from .record import add, amend, writing
from .subject import locked_subject


def add_source(*, act: Act, negotiation: Negotiation, publisher: str, title: str, **fields: Any) -> Source:
    """Add a document, statement or conversation, graded for its reliability."""
    return add(Source(negotiation=negotiation, publisher=publisher, title=title, **fields), "source.added", act=act)


def edit_source(source: Source, *, act: Act, version: int | None, **fields: Any) -> Source:
    return amend(source, "source.edited", act=act, version=version, **fields)


def retract_source(source: Source, *, act: Act, version: int | None) -> Source:
    """Record that the publisher took it back; what rests on it is flagged by its readers."""
    with writing(source.negotiation, act) as record:
        saved = record.lock(source, version)
        record.change(saved, "source.retracted", retracted_at=record.effective_at)
        return saved


def cite_source(entry: Entry, *, act: Act, cite: Cite) -> Entry:
    """Add a further citation to an entry that already stands.

    It is told about the narrower of the two, the item or the source, so that nobody learns of
    either who may not see it.
    """
    with writing(entry.negotiation, act) as record:
        item = locked_subject(entry)
        wide, _narrower = covering(item, [cite])
        subject = item if wide else record.lock(cite.source, None)
        subject.version += 1
        subject.save(update_fields=["version"])
        return record.append(subject, "source.cited", {}, cites=[cite], supports=entry)
