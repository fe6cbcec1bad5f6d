"""What a file would do: row by row, with everything that is wrong, and nothing written yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from typing import Any

from django.db.models import Model

from negotiations.models import MarkedItem, Source
from negotiations.models.snapshot import plain, related_ids
from negotiations.rules import chain

from .labels import in_zone, label
from .problems import Problem

# Rows that a report shows; the counts are of all of them.
SHOWN = 2000
CREATED, CHANGED, UNCHANGED = "created", "changed", "unchanged"


@dataclass(frozen=True, slots=True)
class NewSource:
    """A source that rows describe instead of naming one: the same description is one source."""

    publisher: str
    title: str
    marking: str
    facts: tuple[tuple[str, Any], ...] = ()

    @property
    def key(self) -> tuple[str, str, str]:
        return self.publisher.casefold(), self.title.casefold(), self.marking


@dataclass(frozen=True, slots=True, kw_only=True)
class Acting:
    """What a row says of the act besides the item: when it was so and known, why, and on which source."""

    effective_at: datetime | None = None
    known_at: datetime | None = None
    reason: str = ""
    no_source_reason: str = ""
    source: Source | NewSource | None = None
    cite: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedRow:
    """One row: what it does to which item, field by field from what to what, and how the act is told."""

    line: int
    action: str
    values: Mapping[str, Any]
    acting: Acting
    marking: str = ""
    ref: str = ""
    title: str = ""
    item: MarkedItem | None = None
    changes: tuple[tuple[str, Any, Any], ...] = ()
    remark: str = ""

    def told(self, zone: tzinfo) -> dict[str, Any]:
        """The row as reports keep it, with moments in a zone."""
        changes = [[name, shown(old, zone), shown(new, zone)] for name, old, new in self.changes]
        return {
            "line": self.line,
            "action": self.action,
            "ref": self.ref,
            "id": str(self.item.public_id) if self.item is not None else "",
            "title": self.title[:200],
            "changes": changes,
            "remark": self.remark,
        }


def shown(value: Any, zone: tzinfo) -> str:
    """A value as the difference shows it, cut where it is long."""
    if isinstance(value, list):
        value = "; ".join(shown(one, zone) for one in value)
    elif isinstance(value, Model):
        value = label(value)
    elif isinstance(value, datetime):
        value = in_zone(value, zone)
    text = "" if value is None else str(value)
    return text if len(text) <= 200 else f"{text[:199]}…"


def as_told(value: Any) -> Any:
    """A value of a verb as entries tell it, so that what is given and what is saved can be compared."""
    if isinstance(value, list):
        return related_ids(value)
    return plain(value)


@dataclass(slots=True)
class Plan:
    """All rows of a file, and all that keeps it from being written."""

    rows: list[PlannedRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    zone: tzinfo = UTC

    @property
    def sources(self) -> dict[tuple[str, str, str], NewSource]:
        """The sources that would be added, each once."""
        described = (row.acting.source for row in self.rows if row.action != UNCHANGED)
        return {one.key: one for one in described if isinstance(one, NewSource)}

    @property
    def counts(self) -> dict[str, int]:
        actions = Counter(row.action for row in self.rows)
        return {
            CREATED: actions[CREATED],
            CHANGED: actions[CHANGED],
            UNCHANGED: actions[UNCHANGED],
            "sources": len(self.sources),
            "problems": len(self.problems),
        }

    def report(self) -> dict[str, Any]:
        """The plan as it is kept and shown: rows that do something first, all of it bounded."""
        doing = [row for row in self.rows if row.action != UNCHANGED or row.remark]
        return {
            "rows": [row.told(self.zone) for row in doing[:SHOWN]],
            "problems": [problem.told() for problem in self.problems],
            "unchanged": [row.line for row in self.rows if row.action == UNCHANGED][:SHOWN],
        }

    def digest(self) -> str:
        """What the plan promises, in one digest: it differs if anything that it stands on has changed."""
        return chain.digest([promise(row) for row in self.rows])


def promise(row: PlannedRow) -> dict[str, Any]:
    source = row.acting.source
    return {
        "line": row.line,
        "action": row.action,
        "item": str(row.item.public_id) if row.item is not None else None,
        "version": row.item.version if row.item is not None else None,
        "values": {name: as_told(value) for name, value in sorted(row.values.items())},
        "source": list(source.key) if isinstance(source, NewSource) else plain(source),
        "marking": row.marking,
    }
