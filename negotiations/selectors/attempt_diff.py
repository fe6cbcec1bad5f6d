"""What this attempt requires and reached beside the one before it, condition by condition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from negotiations.history.diff import How
from negotiations.models import Condition, Negotiation, Tracked
from negotiations.rules.facts import reading_order
from negotiations.rules.marking import Viewer

from .change_words import FieldChange, field_changes
from .diff import verdict_of
from .last_time import moment_of_earlier
from .reckoning import ConditionLine, Reckoning, condition_line, reckon
from .scene import Scene, scene_of
from .words import Words, words_of

# What a text requires; how far it was fulfilled stands beside it.
REQUIRED = (
    "title",
    "title_ar",
    "text",
    "text_ar",
    "kind",
    "category",
    "target",
    "unit",
    "comparator",
    "per",
    "tolerance",
)


@dataclass(frozen=True, slots=True)
class AttemptLine:
    """A condition of either attempt, or of both with what its wording requires otherwise now."""

    how: How | None
    before: ConditionLine | None
    before_id: UUID | None
    after: ConditionLine | None
    after_id: UUID | None
    fields: tuple[FieldChange, ...]
    changes: Mapping[str, tuple[Any, Any]]


@dataclass(frozen=True, slots=True)
class AttemptDiff:
    """Both attempts with their verdicts, and their conditions: first those of now, then those left out."""

    slug: str
    title: Words
    earlier: Scene
    before_verdict: str
    after_verdict: str
    lines: tuple[AttemptLine, ...]


def has_earlier(negotiation: Negotiation, viewer: Viewer) -> bool:
    """Whether the reader may see an attempt before this one."""
    return _earlier(negotiation, viewer) is not None


def attempt_diff(scene: Scene) -> AttemptDiff | None:
    """Compare with the attempt before, as that ended or stood by then; None where there is none to see."""
    before = _earlier(scene.negotiation, scene.viewer)
    if before is None:
        return None
    earlier = scene_of(before, viewer=scene.viewer, moment=moment_of_earlier(scene, before))
    return AttemptDiff(
        slug=before.slug,
        title=words_of(before, "title"),
        earlier=earlier,
        before_verdict=verdict_of(earlier),
        after_verdict=verdict_of(scene),
        lines=tuple(_lines(scene, earlier)),
    )


def _earlier(negotiation: Negotiation, viewer: Viewer) -> Negotiation | None:
    if negotiation.preceded_by_id is None:
        return None
    return Negotiation.objects.visible_to(viewer).filter(pk=negotiation.preceded_by_id).first()


def _lines(scene: Scene, earlier: Scene) -> list[AttemptLine]:
    now, then = reckon(scene), reckon(earlier)
    by_key: dict[Any, Condition] = {}
    for row in earlier.all(Condition):
        by_key |= {row.pk: row, str(row.public_id): row}
    ours = sorted(scene.all(Condition), key=lambda row: reading_order(now.conditions[row.pk]))
    pairs = [(by_key.get(_key(scene, row)), row) for row in ours]
    named = {before.pk for before, _row in pairs if before is not None}
    left = sorted(earlier.all(Condition), key=lambda row: reading_order(then.conditions[row.pk]))
    lines = [_line(now, then, before, row) for before, row in pairs]
    return lines + [_line(now, then, row, None) for row in left if row.pk not in named]


def _key(scene: Scene, row: Condition) -> Any:
    """How the earlier condition is named: in the past by its public id, as another negotiation's row."""
    if scene.told is None:
        return row.corresponds_to_id
    return scene.told.get(row.public_id, {}).get("corresponds_to")


def _line(now: Reckoning, then: Reckoning, before: Condition | None, after: Condition | None) -> AttemptLine:
    changes = _changes(before, after) if before and after else {}
    return AttemptLine(
        how=_how(before, after, changes),
        before=condition_line(then, before) if before else None,
        before_id=before.public_id if before else None,
        after=condition_line(now, after) if after else None,
        after_id=after.public_id if after else None,
        fields=tuple(field_changes("condition", changes)),
        changes=changes,
    )


def _how(before: Tracked | None, after: Tracked | None, changes: Mapping[str, Any]) -> How | None:
    """None where both require the same."""
    if before is None:
        return How.ADDED
    if after is None:
        return How.REMOVED
    return How.CHANGED if changes else None


def _changes(before: Condition, after: Condition) -> dict[str, tuple[Any, Any]]:
    pairs = {name: (getattr(before, name), getattr(after, name)) for name in REQUIRED}
    return {name: pair for name, pair in pairs.items() if (pair[0] or None) != (pair[1] or None)}
