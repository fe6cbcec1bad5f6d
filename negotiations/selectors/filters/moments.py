"""Moments and days as a filter takes them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from negotiations.history.moment import TICK

# Nothing that is told here lies outside, and sums with a zone's offset stay within what a clock can show.
EARLIEST, LATEST = date(1800, 1, 1), date(2200, 1, 1)


class MomentField(forms.Field):
    """A day, or a moment; without an offset it is meant in the negotiation's zone."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> date | None:
        text = str(value or "").strip()
        if not text:
            return None
        found = read(text)
        if found is None:
            raise forms.ValidationError(
                _("Give a date such as 2025-12-08, or a moment with its offset such as 2025-12-08T12:00:00Z."),
                code="unreadable",
            )
        return found


def read(text: str) -> date | None:
    """A day or a moment, None for anything else."""
    try:
        # A plus sign that was not escaped in the address arrives as a space.
        found = parse_date(text) or (parse_datetime(text.replace(" ", "+")) if "T" in text else None)
    except ValueError:
        return None
    day = found.date() if isinstance(found, datetime) else found
    return found if day is not None and EARLIEST <= day < LATEST else None


def bound(value: date, zone: ZoneInfo, *, is_end: bool) -> datetime:
    """The moment itself, or the first or last one of the day."""
    if isinstance(value, datetime):
        found = value.replace(tzinfo=zone) if value.tzinfo is None else value
    else:
        day = value + timedelta(days=1) if is_end else value
        found = datetime.combine(day, time(), zone)
        found = found - TICK if is_end else found
    return found.astimezone(UTC)
