"""What relations in told changes lead to, by name, as far as a reader may see it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from copy import copy
from typing import Any

from django.db import models

from negotiations.models import Organisation, User
from negotiations.rules.marking import Viewer

from .entry_lines import rows_of, title_of
from .feed_lines import FOR_MEMBERS, target_of

# One change as it was told: the noun it is about, and each field before and after.
Told = tuple[str, Mapping[str, Any]]


class NamedEnds:
    """The visible ends of all relations in some changes: looked up once, in one query for each kind.

    `also` are public ids of rows that the caller needs itself, found by kind in `rows` without another query;
    `at_hand` are visible rows that it has read, so that a kind of which nothing else is wanted is not asked for.
    """

    def __init__(
        self,
        changes: Iterable[Told],
        viewer: Viewer,
        *,
        is_member: bool,
        also: Mapping[Any, set[str]] | None = None,
        at_hand: Mapping[Any, Iterable[Any]] | None = None,
    ) -> None:
        wanted: defaultdict[type[models.Model], set[str]] = defaultdict(set)
        for kind, keys in (also or {}).items():
            wanted[kind] |= keys
        for noun, fields in changes:
            for name, pair in fields.items():
                if (target := target_of(noun, name)) is not None:
                    wanted[target] |= {key for value in pair for key in ends_of(value)}
        self.rows: dict[type[models.Model], list[Any]] = {}
        for target, keys in wanted.items():
            if keys and (is_member or target not in FOR_MEMBERS):
                known = {str(row.public_id): row for row in (at_hand or {}).get(target, ())}
                is_known = keys <= known.keys()
                # Copies, since callers put them back to what they were.
                self.rows[target] = (
                    [copy(known[key]) for key in keys] if is_known else list(rows_of(target, keys, viewer))
                )
        self.names = {target: {str(row.public_id): name_of(row) for row in rows} for target, rows in self.rows.items()}
        self.marked = {
            target: {str(row.public_id): getattr(row, "marking", "") for row in rows}
            for target, rows in self.rows.items()
        }
        self.full = {target: {str(row.public_id): full_of(row) for row in rows} for target, rows in self.rows.items()}

    def seen(self, noun: str, fields: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
        """The changes without ends that the reader may not see, and without what then is no change."""
        found = {
            name: (self._kept(noun, name, pair[0]), self._kept(noun, name, pair[1])) for name, pair in fields.items()
        }
        return {
            name: pair
            for name, pair in found.items()
            if target_of(noun, name) is None or ends_of(pair[0]) != ends_of(pair[1])
        }

    def _kept(self, noun: str, name: str, value: Any) -> Any:
        target = target_of(noun, name)
        if target is None:
            return value
        known = self.names.get(target, {})
        if isinstance(value, list):
            return [key for key in value if key in known]
        return value if value in known else None

    def words(self, noun: str, name: str, value: Any) -> str:
        """The ends of a relation by what people call them."""
        return _joined(self.names, noun, name, value)

    def in_full(self, noun: str, name: str, value: Any) -> str:
        """The same with their titles."""
        return _joined(self.full, noun, name, value)

    def markings(self, noun: str, fields: Mapping[str, Any]) -> set[str]:
        """How the ends that the reader may see of these changes are marked."""
        related = [(target, pair) for name, pair in fields.items() if (target := target_of(noun, name)) is not None]
        ends = [(target, key) for target, pair in related for end in pair for key in ends_of(end)]
        return {marking for target, key in ends if (marking := self.marked.get(target, {}).get(key, ""))}


def _joined(names: Mapping[type[models.Model], Mapping[str, str]], noun: str, name: str, value: Any) -> str:
    target = target_of(noun, name)
    known = names.get(target, {}) if target else {}
    return ", ".join(known[key] for key in ends_of(value) if key in known)


def ends_of(value: Any) -> list[str]:
    return list(value) if isinstance(value, list) else [value] if value else []


def name_of(row: Any) -> str:
    """A row by its ref or number, else by its title."""
    if isinstance(row, User | Organisation):
        return str(row)
    number = getattr(row, "number", "")
    return str(getattr(row, "ref", "") or number or title_of(row).here)


def full_of(row: Any) -> str:
    """A row by its ref or number and its title."""
    name = name_of(row)
    title = "" if isinstance(row, User | Organisation) else title_of(row).here
    return name if title in ("", name) else f"{name} {title}"
