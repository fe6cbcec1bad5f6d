"""The units that counts in a ceasefire are usually given in; a claim has its unit in one language only."""

from __future__ import annotations

from django.utils.translation import gettext, override
from django.utils.translation import gettext_noop as _

UNITS = frozenset(
    {
        _("alleged violations"),
        _("arms"),
        _("bodies"),
        _("fighters"),
        _("people"),
        _("trucks"),
        _("trucks a day"),
        _("trucks in all"),
    }
)


def unit_in_arabic(unit: str) -> str:
    """The unit in Arabic; empty for one that is not among the usual ones."""
    if unit not in UNITS:
        return ""
    with override("ar"):
        return gettext(unit)
