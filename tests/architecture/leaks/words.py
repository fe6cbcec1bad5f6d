"""The words planted in what few may read, and who may read them."""

from __future__ import annotations

import re
from typing import Any

from django.db import models

from negotiations.models import Tracked

# What names, places or classifies a row, and is no text of anybody's.
NO_TEXT = frozenset({"ref", "sha256", "subject_type", "time_zone", "country_code", "number", "slug"})
MEMBERS = frozenset({"reader", "analyst", "mediator", "other_mediator", "lead"})
CLEARED = MEMBERS - {"reader"}

# By word, the people who may read it; nobody else may ever receive it, in whatever form.
SEEN_BY: dict[str, frozenset[str]] = {
    "kanarieamber": CLEARED,
    "kanarieembargo": CLEARED,
    "kanarienarrowed": CLEARED,
    "kanarieproposed": CLEARED,
    "kanariegreen": MEMBERS | {"elsewhere"},
    "kanarielakeside": frozenset({"other_mediator"}),
    "kanarieharbour": frozenset({"mediator", "lead"}),
    "kanariered": frozenset({"other_mediator"}),
    "kanariequiet": frozenset(),
    "kanarieredacted": frozenset(),
    "kanariedesk": frozenset({"other_mediator"}),
    "kanarieoffer": frozenset({"lead"}),
    # The people of the negotiation; administrators look after their accounts.
    "kanarieperson": MEMBERS | {"administrator"},
    "kanariestranger": frozenset({"administrator"}),
    "kanarieneighbour": frozenset({"elsewhere", "administrator"}),
}
PLANTED = re.compile(r"kanarie(?:" + "|".join(sorted(word.removeprefix("kanarie") for word in SEEN_BY)) + ")")


def forbidden(who: str) -> set[str]:
    """The words that a person must not receive; the token is the reader's."""
    seat = "reader" if who == "token" else who
    return {word for word, seen_by in SEEN_BY.items() if seat not in seen_by}


def text_fields(kind: type[models.Model]) -> list[models.Field[Any, Any]]:
    """The columns of a kind that hold words somebody chose; also those that nobody thought of yet."""
    return [
        field
        for field in kind._meta.concrete_fields
        if isinstance(field, (models.CharField, models.TextField))
        and not field.choices
        and field.name not in NO_TEXT
        and not field.name.endswith("language")
    ]


def worded(kind: type[Tracked], word: str, *leave_out: str) -> dict[str, str]:
    """The word in every text that a row of the kind has."""
    return {field.name: _fitting(field, word) for field in text_fields(kind) if field.name not in leave_out}


def _fitting(field: models.Field[Any, Any], word: str) -> str:
    if isinstance(field, models.URLField):
        return f"https://example.org/{word}"
    return f"{word} {field.name}"[: field.max_length or 400]
