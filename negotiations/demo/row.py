"""One fact of the demonstration, as its tables hold it: what, when it was so, and who reported it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

# Fields that several rows share.
Fields = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A fact to be told by a verb.

    `cites` are marks such as "un-17nov/1": the key of a source and how credible it is this time.
    `known` is when it became known; by default the later of `at` and the newest source cited.
    Fields that name other items hold their keys.
    """

    key: str
    at: datetime
    cites: tuple[str, ...]
    reason: str
    by: str
    known: datetime | None
    no_source: str
    fields: Mapping[str, Any]


def row(
    key: str,
    *,
    at: datetime,
    cites: tuple[str, ...] = (),
    reason: str = "",
    by: str = "analyst",
    known: datetime | None = None,
    no_source: str = "",
    **fields: Any,
) -> Row:
    """Write a fact down; everything else that is named becomes a field of the item."""
    return Row(key=key, at=at, cites=cites, reason=reason, by=by, known=known, no_source=no_source, fields=fields)
