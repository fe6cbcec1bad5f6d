"""Several negotiations at once, each at its own moment: loaded with as many queries as one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from negotiations.history.as_of import States
from negotiations.history.moment import Moment
from negotiations.history.states import states_in
from negotiations.models import MarkedItem, Negotiation
from negotiations.rules.marking import Viewer

from .scene import KINDS, Scene, go_back, load_kinds


def scenes_of(
    negotiations: Iterable[Negotiation],
    *,
    viewer: Viewer,
    moments: Mapping[int, Moment],
    only: Collection[type[MarkedItem]] = (),
) -> list[Scene]:
    """Load several negotiations, each at its moment, with the same number of queries as one.

    Those that were not there yet at a past moment are left out. `only` these kinds and nothing else is known
    of them, where it is not empty.
    """
    nouns = ["negotiation", *(kind.noun() for kind in only)] if only else ()
    told = states_in({pk: moment for pk, moment in moments.items() if moment.is_past}, kinds=nouns)
    scenes = [Scene(one, viewer, moments[one.pk], told.get(one.pk)) for one in negotiations]
    scenes = [one for one in scenes if one.told is None or one.negotiation.public_id in one.told]
    go_back(scenes)
    load_kinds(scenes, only or KINDS)
    return scenes


def also_in(scenes: Sequence[Scene], kind: type[MarkedItem]) -> None:
    """Load one more kind into several scenes, with as many queries as into one."""
    load_kinds(list(scenes), (kind,))


def all_told(scenes: Sequence[Scene]) -> States:
    """What was so at the past moments of the scenes, of all their subjects."""
    if len(scenes) == 1:
        return scenes[0].told or {}
    return {key: values for scene in scenes for key, values in (scene.told or {}).items()}
