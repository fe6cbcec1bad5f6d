"""All negotiations a reader may see, each at the moment that is asked about."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from negotiations.history.moment import Moment, resolve_all
from negotiations.models import MarkedItem, Negotiation
from negotiations.rules.marking import Viewer

from .reckoning import Reckoning, reckon
from .scene import Scene
from .scenes import scenes_of
from .shaken import load_shaken


def reckonings_of(
    viewer: Viewer, now: datetime, *, asked: str = "", known: str = "", among: Collection[int] | None = None
) -> list[Reckoning]:
    """All negotiations a reader may see, or those `among` these, A-Z by English title: a fixed number of queries.

    `asked` and `known` are what the reader says of the moment, meant in the zone of each; without them it is
    the latest of each. Those not there yet are left out. Raises MomentRefused.
    """
    scenes = all_scenes(viewer, now, asked=asked, known=known, among=among)
    load_shaken(scenes)
    return [reckon(scene) for scene in scenes]


def all_scenes(
    viewer: Viewer,
    now: datetime,
    *,
    asked: str = "",
    known: str = "",
    among: Collection[int] | None = None,
    only: Collection[type[MarkedItem]] = (),
) -> list[Scene]:
    """The same as scenes, with `only` these kinds where it is not empty."""
    visible = Negotiation.objects.visible_to(viewer).order_by("title")
    rows = list(visible if among is None else visible.filter(pk__in=among))
    moments = resolve_all(rows, viewer, asked, now, known)
    return scenes_of(rows, viewer=viewer, moments=moments, only=only)


def moments_of(scenes: Sequence[Scene]) -> Mapping[int, Moment]:
    """The moment of each negotiation, by its id."""
    return {scene.negotiation.pk: scene.moment for scene in scenes}
