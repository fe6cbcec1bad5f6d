"""A scene as the record stood at an earlier place, for one reader: what digests compare before and after by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import replace
from typing import Any
from uuid import UUID

from negotiations.history.as_of import related_then, rewind
from negotiations.history.states import TOLD, as_told
from negotiations.models import Actor, Entry, MarkedItem
from negotiations.rules.fold import state
from negotiations.selectors.scene import Scene

States = Mapping[UUID, Mapping[str, Any]]


def scene_after(scene: Scene, place: int) -> Scene:
    """The scene as it was once the entry at `place` was written; the same scene where nothing followed.

    By the order of the record, so late entries and corrections count when they were told, not when they
    were so. What the reader could not see then is not brought back. At most two queries.
    """
    touched = _touched_since(scene, place)
    if not touched:
        return scene
    states = _states(scene, touched, place)
    keys = {str(row.public_id): row.pk for rows in scene.rows.values() for row in rows}
    keys |= {str(actor.public_id): actor.pk for actor in scene.actors.values()}
    earlier = replace(scene, rows={kind: _rows(rows, touched, states, keys) for kind, rows in scene.rows.items()})
    earlier.related = {(kind, name): _related(earlier, kind, name, touched, states) for kind, name in scene.related}
    return earlier


def _touched_since(scene: Scene, place: int) -> frozenset[UUID]:
    """Subjects of the scene that an entry after the place changed."""
    rows = Entry.objects.visible_to(scene.viewer).filter(negotiation=scene.negotiation, seq__gt=place)
    changed = frozenset(rows.filter(subject_version__isnull=False).values_list("subject_id", flat=True))
    return changed & {row.public_id for rows in scene.rows.values() for row in rows}


def _states(scene: Scene, subjects: Iterable[UUID], place: int) -> States:
    """The values of each subject that the entries up to a place lead to, as far as the reader sees them."""
    rows = Entry.objects.visible_to(scene.viewer).filter(
        negotiation=scene.negotiation, subject_id__in=list(subjects), seq__lte=place, subject_version__isnull=False
    )
    told: defaultdict[UUID, list[tuple[Any, ...]]] = defaultdict(list)
    for subject, *facts in rows.order_by("seq").values_list("subject_id", *TOLD):
        told[subject].append(tuple(facts))
    found = {subject: state(as_told(_whole(facts))) for subject, facts in told.items()}
    return {subject: values for subject, values in found.items() if values}


def _whole(facts: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Without redactions of entries that this reader never saw: there is nothing in whose place they speak."""
    seen = {seq for seq, *_rest in facts}
    return [fact for fact in facts if fact[-1] != "entry.redacted" or fact[-2] in seen]


def _rows(rows: list[Any], touched: frozenset[UUID], states: States, keys: Mapping[str, int]) -> list[Any]:
    then = {row.public_id: row for row in rewind([copy(row) for row in rows if row.public_id in touched], states, keys)}
    return [then.get(row.public_id, row) for row in rows if row.public_id not in touched or row.public_id in then]


def _related(
    earlier: Scene, kind: type[MarkedItem], name: str, touched: frozenset[UUID], states: States
) -> dict[int, tuple[int, ...]]:
    related = dict(earlier.related[kind, name])
    target: Any = kind._meta.get_field(name).related_model
    pool: Iterable[Any] = earlier.actors.values() if target is Actor else earlier.rows.get(target, [])
    keys = {str(row.public_id): row.pk for row in pool}
    for row in earlier.rows.get(kind, []):
        if row.public_id in touched:
            related[row.pk] = related_then(states[row.public_id], name, keys)
    return related
