"""How exactly a place and a day are known, in the words of the UCDP codebook."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

_WHERE = {
    1: _("exact place"),
    2: _("near this place"),
    3: _("known to the district"),
    4: _("known to the province"),
    5: _("a stretch of land or water"),
    6: _("known to the country only"),
    7: _("across borders"),
}
_WHEN = {
    1: _("exact day"),
    2: _("within two to six days"),
    3: _("known to the week"),
    4: _("known to the month"),
    5: _("known to the year or less"),
}


def place_precision(code: int | None) -> str:
    """Return the words for `where_prec`, 1 (exact) to 7 (international); "" where it is not said."""
    return gettext(_WHERE[code]) if code in _WHERE else ""


def date_precision(code: int | None) -> str:
    """Return the words for `date_prec`, 1 (day) to 5 (more than a year); "" where it is not said."""
    return gettext(_WHEN[code]) if code in _WHEN else ""
