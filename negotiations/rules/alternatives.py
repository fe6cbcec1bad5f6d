"""Conditions the text accepts in one another's place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

from .codes import LinkType
from .facts import Condition, Key, Link, is_standing


def alternatives(links: Iterable[Link], at: datetime) -> dict[Key, tuple[Key, ...]]:
    """Return for each condition those the text accepts in its place; an alternative works both ways."""
    found: dict[Key, set[Key]] = defaultdict(set)
    for link in links:
        if link.type == LinkType.ALTERNATIVE_TO and is_standing(link, at):
            found[link.condition].add(link.other)
            found[link.other].add(link.condition)
    return {key: tuple(sorted(others, key=str)) for key, others in found.items()}


def standing_in(
    condition: Key, conditions: Mapping[Key, Condition], stand_in: Mapping[Key, tuple[Key, ...]]
) -> Key | None:
    """Return the condition that holds in place of another, None where none does."""
    return next((key for key in stand_in.get(condition, ()) if key in conditions and conditions[key].holds), None)
