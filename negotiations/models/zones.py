"""Time zones by their IANA names."""

from __future__ import annotations

from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


def check_zone(name: str) -> None:
    """Raise ValidationError for a name that no clock can be set by."""
    if name not in available_timezones():
        raise ValidationError(
            _("“%(name)s” is no time zone; give an IANA name such as Africa/Cairo."), code="zone", params={"name": name}
        )
