"""What people call the things that a row names."""

from __future__ import annotations

from datetime import datetime, time, tzinfo
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

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


def in_zone(at: datetime, zone: tzinfo) -> str:
    """A moment as pages write it, in a zone; the beginning of a day there is that day."""
    local = at.astimezone(zone)
    return date_format(local, "j M Y" if local.time() == time.min else "j M Y, H:i".replace(", ", _(", ")))
