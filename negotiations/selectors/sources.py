"""Sources: how each is graded, which share one origin, and what they support."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from negotiations.history.both_clocks import cited_by
from negotiations.models import Citation, Entry, Source
from negotiations.rules.codes import Credibility, Reliability, SourceKind

from .entry_lines import EntryLine, entry_lines, with_payload
from .item_history import item_history
from .notes import NoteLine, notes_on
from .scene import Scene, also
from .source_lines import SourceLine, source_line
from .words import Words, words_of

# A page that lists every entry a wire service ever supported would never end.
LONGEST = 200


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source as a row: what it is, how it is graded, and how often it is cited."""

    pk: int
    ref: str
    title: Words
    publisher: str
    attribution: str
    kind: str
    kind_label: str
    reliability: str
    reliability_label: str
    language: str
    published_at: datetime | None
    accessed_at: datetime | None
    url: str
    archived_url: str
    sha256: str
    origin: str
    same_origin: tuple[str, ...]
    cited: int
    retracted_at: datetime | None
    marking: str


@dataclass(frozen=True, slots=True)
class Support:
    """An entry that rests on the source, with the passage it rests on."""

    entry: EntryLine
    citation: SourceLine
    credibility_label: str


@dataclass(frozen=True, slots=True)
class SourcePage:
    """Everything the page of a source shows."""

    row: SourceRow
    supports: tuple[Support, ...]
    same_origin: tuple[SourceRow, ...]
    history: tuple[EntryLine, ...]
    notes: tuple[NoteLine, ...]


def source_rows(scene: Scene) -> list[SourceRow]:
    """All sources known by the scene's moment, newest published first."""
    also(scene, Source)
    rows = scene.all(Source)
    cited = _cited(scene)
    origins: defaultdict[str, list[str]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: row.pk):
        if row.origin:
            origins[row.origin].append(row.ref)
    rows = sorted(rows, key=lambda row: (timestamp(row.published_at), row.pk), reverse=True)
    return [source_row(row, cited=cited[row.pk], together=origins.get(row.origin, [])) for row in rows]


def origins(rows: list[SourceRow]) -> int:
    """How many sources there are when those of one origin count once."""
    return len({row.origin or row.ref for row in rows})


def source_page(scene: Scene, row: Source) -> SourcePage:
    """Read a source with everything the reader may see that rests on it."""
    rows = source_rows(scene)
    mine = next(one for one in rows if one.pk == row.pk)
    cited = (
        cited_by(Citation.objects.visible_to(scene.viewer), scene.moment)
        .filter(source=row.pk)
        .select_related("source")
        .order_by("-entry__effective_at", "-pk")[:LONGEST]
    )
    by_entry = {one.entry_id: one for one in cited}
    entries = with_payload(Entry.objects.visible_to(scene.viewer).filter(pk__in=by_entry))
    lines = entry_lines(entries.order_by("-effective_at", "-seq"), viewer=scene.viewer, scene=scene)
    return SourcePage(
        row=mine,
        supports=tuple(_support(line, by_entry[line.pk]) for line in lines),
        same_origin=tuple(one for one in rows if one.origin and one.origin == mine.origin and one.pk != mine.pk),
        history=tuple(item_history(scene, row)),
        notes=tuple(notes_on(scene, row)),
    )


def _support(line: EntryLine, citation: Citation) -> Support:
    return Support(line, source_line(citation), Credibility(citation.credibility).label)


def _cited(scene: Scene) -> Counter[int]:
    """How many visible entries cite each source by the scene's moment."""
    found = (
        cited_by(Citation.objects.visible_to(scene.viewer), scene.moment)
        .filter(source__negotiation=scene.negotiation)
        .values_list("source")
        .annotate(times=Count("entry", distinct=True))
        .order_by()
    )
    return Counter(dict(found))


def timestamp(at: datetime | None) -> float:
    """What sorts by a moment; nothing counts as the oldest."""
    return at.timestamp() if at else 0.0


def source_row(row: Source, *, cited: int, together: list[str]) -> SourceRow:
    """One source as it stands at a moment; `together` are the refs of one origin, its own among them."""
    return SourceRow(
        pk=row.pk,
        ref=row.ref,
        title=words_of(row, "title", row.title_language),
        publisher=row.publisher,
        attribution=row.attribution,
        kind=row.kind,
        kind_label=SourceKind(row.kind).label,
        reliability=row.reliability,
        reliability_label=Reliability(row.reliability).label,
        language=row.language,
        published_at=row.published_at,
        accessed_at=row.accessed_at,
        url=row.url,
        archived_url=row.archived_url,
        sha256=row.sha256,
        origin=row.origin,
        same_origin=tuple(ref for ref in together if ref != row.ref),
        cited=cited,
        retracted_at=row.retracted_at,
        marking=row.marking,
    )
