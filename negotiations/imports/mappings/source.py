"""Tables of sources: the documents that statements rest on."""

from __future__ import annotations

from negotiations.models import Source
from negotiations.rules.codes import ImportKind, Reliability, SourceKind
from negotiations.services.source import add_source, edit_source

from ..cells import Column, address, code, digest, language, line, moment
from .mapping import ACT, ITEM, TRUE_AS_OF, TableMapping

SOURCE = TableMapping(
    kind=ImportKind.SOURCES,
    model=Source,
    columns=(
        *ITEM,
        Column(name="kind", read=code(SourceKind), example="news_report"),
        Column(name="publisher", read=line(200), is_required=True, example="Lake Gazette"),
        Column(name="title", read=line(400), is_required=True, synonyms=("name",), example="A night of shots"),
        Column(name="title_ar", read=line(400), example=""),
        Column(name="title_language", read=language, example="en"),
        Column(name="url", read=address(600), synonyms=("link",), example="https://example.org/night"),
        Column(name="archived_url", read=address(600), example=""),
        Column(name="published_at", read=moment(is_past=True), synonyms=("date", "published"), example="2025-11-05"),
        Column(name="accessed_at", read=moment(is_past=True), synonyms=("accessed",), example="2025-11-06"),
        Column(name="language", read=language, example="en"),
        Column(name="sha256", read=digest, example=""),
        Column(name="reliability", read=code(Reliability), example="B"),
        Column(name="origin", read=line(120), example=""),
        Column(name="attribution", read=line(200), example=""),
        TRUE_AS_OF,
        *ACT,
    ),
    made_by="source.added",
    changed_by="source.edited",
    make=add_source,
    edit=edit_source,
    key=("title", "publisher"),
    is_cited=False,
    unwritten=frozenset({"supports", "retracted_at"}),
)
