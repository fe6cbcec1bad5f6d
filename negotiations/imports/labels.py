"""What people call the things that a row names."""

from __future__ import annotations

from typing import Any

from negotiations.models import Actor, Party, Phase, ThirdParty
from negotiations.selectors.words import words_of


def label(row: Any) -> str:
    """A thing by its name or its ref, never by what only the database calls it."""
    match row:
        case Party() | ThirdParty():
            return words_of(row.actor, "name").here
        case Actor():
            return words_of(row, "name").here
        case Phase():
            return f"{row.number} {words_of(row, 'title').here}".strip()
    return str(row)
