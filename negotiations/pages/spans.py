"""The spans of time that changes are asked for, as a switch."""

from __future__ import annotations

from django.utils.translation import gettext as _

from negotiations.selectors.changes import VISIT


def spans(*, has_visit: bool) -> list[tuple[str, str]]:
    """Code and word of each span; the last visit only for who has marked something as seen."""
    found = [("24h", _("24 h")), ("7d", _("7 days")), ("30d", _("30 days"))]
    return [(VISIT, _("Last visit")), *found] if has_visit else found
