"""Every source a reader may see, over all negotiations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count

from negotiations.history.both_clocks import cited_in
from negotiations.models import Citation, Source
from negotiations.rules.marking import Viewer

from .all_negotiations import all_scenes, moments_of
from .scene import Scene
from .sources import SourceRow, source_row, timestamp
from .track import is_any_backfilled
from .words import Words, words_of


@dataclass(frozen=True, slots=True)
class FoundSource:
    """A source with the negotiation it stands in."""

    row: SourceRow
    public_id: UUID
    negotiation_id: int
    slug: str
    negotiation: Words
    noun: str = "source"

    @property
    def marking(self) -> str:
        return self.row.marking


@dataclass(frozen=True, slots=True)
class AllSources:
    """The sources, newest published first; `has_backfill` where something of the past was entered later than known."""

    lines: tuple[FoundSource, ...]
    has_backfill: bool


def all_sources(viewer: Viewer, *, now: datetime, asked: str = "", known: str = "") -> AllSources:
    """All sources the reader may see: a fixed number of queries.

    `asked` and `known` say of which moment. Reprints are told of within one negotiation, as on its own page.
    Raises MomentRefused.
    """
    scenes = all_scenes(viewer, now, asked=asked, known=known, only=(Source,))
    cited = _cited(scenes, viewer)
    found = [
        FoundSource(row, key, scene.negotiation.pk, scene.negotiation.slug, words_of(scene.negotiation, "title"))
        for scene in scenes
        for row, key in _rows(scene, cited)
    ]
    found.sort(key=lambda one: (timestamp(one.row.published_at), one.row.pk), reverse=True)
    return AllSources(tuple(found), is_any_backfilled(scenes))


def _rows(scene: Scene, cited: Mapping[int, int]) -> Iterator[tuple[SourceRow, UUID]]:
    origins: defaultdict[str, list[str]] = defaultdict(list)
    for row in scene.all(Source):
        if row.origin:
            origins[row.origin].append(row.ref)
    for row in scene.all(Source):
        yield source_row(row, cited=cited.get(row.pk, 0), together=origins.get(row.origin, [])), row.public_id


def _cited(scenes: Sequence[Scene], viewer: Viewer) -> dict[int, int]:
    """How many visible entries cite each source by the moment of its negotiation."""
    cited = cited_in(Citation.objects.visible_to(viewer), moments_of(scenes))
    return dict(cited.values_list("source").annotate(times=Count("entry", distinct=True)).order_by())
