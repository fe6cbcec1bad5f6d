"""The sources cited under entries as a person reads them: graded, attributed, and flagged where taken back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from negotiations.history.as_of import States, words_then
from negotiations.history.both_clocks import Moments, known_citations_in
from negotiations.models import Citation, Entry
from negotiations.rules.marking import Viewer

from .words import Words, words_of

NOTHING: States = {}
NOW: Moments = {}


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A citation under an entry; `is_retracted` says that the source was taken back by the moment of the page."""

    ref: str
    title: Words
    publisher: str
    reliability: str
    credibility: str
    marking: str
    published_at: datetime | None
    url: str
    quote: str
    quote_language: str
    translation: str
    is_machine_translated: bool
    locator: str
    origin: str
    attribution: str
    is_retracted: bool


def sources_of(
    entries: Sequence[Entry], *, viewer: Viewer, told: States = NOTHING, moments: Moments = NOW
) -> dict[int, tuple[SourceLine, ...]]:
    """The visible citations under each entry, best graded first; `told` is what the sources were then."""
    found: defaultdict[int, list[SourceLine]] = defaultdict(list)
    cited = Citation.objects.visible_to(viewer).filter(entry__in=[row.pk for row in entries]).select_related("source")
    for one in known_citations_in(cited, moments).order_by("source__reliability", "credibility", "pk"):
        words_then(one.source, told)
        found[one.entry_id].append(source_line(one))
    return {pk: tuple(lines) for pk, lines in found.items()}


def source_line(one: Citation) -> SourceLine:
    source = one.source
    return SourceLine(
        ref=source.ref,
        title=words_of(source, "title", source.title_language),
        publisher=source.publisher,
        reliability=source.reliability,
        credibility=one.credibility,
        marking=source.marking,
        published_at=source.published_at,
        url=source.url,
        quote=one.quote,
        quote_language=one.quote_language,
        translation=one.translation,
        is_machine_translated=one.translated_by == "machine",
        locator=one.locator,
        origin=source.origin,
        attribution=source.attribution,
        is_retracted=source.retracted_at is not None,
    )


def best_of(sources: Sequence[SourceLine]) -> SourceLine | None:
    """The best graded of sources in their order that stands; where all were taken back the best of those."""
    return next((one for one in sources if not one.is_retracted), next(iter(sources), None))


def grade_of(sources: Sequence[SourceLine]) -> str:
    """Reliability and credibility of the best source that stands, empty for none."""
    best = best_of(sources)
    return f"{best.reliability}{best.credibility}" if best and not best.is_retracted else ""
