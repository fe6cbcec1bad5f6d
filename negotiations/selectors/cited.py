"""The sources that items rest on: what the entries about them cite."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from negotiations.history.as_of import words_then
from negotiations.history.both_clocks import cited_by
from negotiations.models import Citation, MarkedItem

from .scene import Scene
from .source_lines import SourceLine, source_line


def sources_by_item(scene: Scene, rows: Iterable[MarkedItem]) -> dict[UUID, tuple[SourceLine, ...]]:
    """The visible sources under every item by the scene's moment, each once, best graded first."""
    cited = (
        cited_by(Citation.objects.visible_to(scene.viewer), scene.moment)
        .filter(entry__subject_id__in=[row.public_id for row in rows])
        .select_related("source", "entry")
        .order_by("source__reliability", "credibility", "pk")
    )
    found: defaultdict[UUID, dict[int, SourceLine]] = defaultdict(dict)
    for one in cited:
        words_then(one.source, scene.told or {})
        found[one.entry.subject_id].setdefault(one.source_id, source_line(one))
    return {key: tuple(lines.values()) for key, lines in found.items()}
