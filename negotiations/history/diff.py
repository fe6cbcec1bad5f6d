"""What two readings of the states differ in: added, removed, changed, moved; a plain comparison of two maps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from .as_of import States

# What says where an item stands or what it belongs to: another value there has moved it.
PLACES = frozenset({"phase", "number", "position", "clause", "dispute", "instrument", "proposal", "thread"})


class How(StrEnum):
    """How an item differs from one reading to the other."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Difference:
    """One item that differs, with each of its fields before and after; a field that was not there is None."""

    subject: UUID
    how: How
    fields: Mapping[str, tuple[Any, Any]]


def differences(before: States, after: States) -> Iterator[Difference]:
    """Every item that differs. What is laid over `before` by these gives `after`, and nothing else does.

    The maps know nothing of who looks: callers keep only subjects that came through `visible_to`.
    """
    for subject in before.keys() | after.keys():
        old, new = before.get(subject), after.get(subject)
        if old == new:
            continue
        fields = dict(_fields(old or {}, new or {}))
        yield Difference(subject, _how(old, new, fields), fields)


def _how(old: Mapping[str, Any] | None, new: Mapping[str, Any] | None, fields: Mapping[str, Any]) -> How:
    if old is None:
        return How.ADDED
    if new is None:
        return How.REMOVED
    return How.MOVED if fields.keys() & PLACES else How.CHANGED


def _fields(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[tuple[str, tuple[Any, Any]]]:
    for name in [*new, *(name for name in old if name not in new)]:
        if old.get(name) != new.get(name) or (name in old) != (name in new):
            yield name, (old.get(name), new.get(name))
