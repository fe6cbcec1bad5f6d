"""How far a moment lies from the one that a page, mail or file is about."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def distance(then: datetime | None, at: datetime) -> str:
    """How far a moment lies from the one the page is about, in whole days of the page's zone."""
    if then is None:
        return ""
    days = (timezone.localtime(then).date() - timezone.localtime(at).date()).days
    if days == 0:
        return _("today")
    if days > 0:
        return ngettext("in %(count)s day", "in %(count)s days", days) % {"count": days}
    return ngettext("%(count)s day ago", "%(count)s days ago", -days) % {"count": -days}
