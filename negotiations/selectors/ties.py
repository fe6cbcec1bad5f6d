"""What holds an item or waits for it, as pages list it."""

from __future__ import annotations

from dataclasses import dataclass

from negotiations.models import Condition

from .scene import Scene
from .shaken import shaken_of
from .words import Words, words_of


@dataclass(frozen=True, slots=True)
class Tie:
    """Something that holds this or waits for it; `retracted` names sources taken back under a condition's status."""

    ref: str
    title: Words
    glyph: str
    note: str
    page: str
    retracted: tuple[str, ...] = ()


def condition_tie(scene: Scene, row: Condition, note: str) -> Tie:
    """A condition of the scene with how it stands."""
    retracted = shaken_of(scene).get(row.public_id, ())
    return Tie(row.ref, words_of(row, "title"), row.status, note, "condition", retracted)
