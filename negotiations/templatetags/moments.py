"""Moments and distances in time, written in the zone the page has activated."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from negotiations.selectors.distance import distance

register = template.Library()
register.simple_tag(distance)
FORMS = {
    "date": "j M Y",
    "short": "j M",
    "moment": "j M Y, H:i",
    "day": "D j M",
    "long": "l j F Y",
    "due": "D j M, H:i",
}


@register.simple_tag
def moment(at: datetime | date | None, form: str = "date") -> SafeString | str:
    """A moment as people read it inside a machine-readable element; nothing for None."""
    if at is None:
        return ""
    local = timezone.localtime(at) if isinstance(at, datetime) else at
    return format_html('<time datetime="{}">{}</time>', local.isoformat(), date_format(local, _pattern(form)))


def _pattern(form: str) -> str:
    """The form with the comma of the page's language between day and hour."""
    return FORMS[form].replace(", ", _(", "))


@register.filter
def as_date(at: datetime | date | None) -> str:
    """The bare date, for sentences and drawings."""
    if at is None:
        return ""
    return date_format(timezone.localtime(at) if isinstance(at, datetime) else at, FORMS["date"])


@register.filter
def in_days(span: timedelta | None) -> str:
    if span is None:
        return ""
    if not span.days:
        return _("less than a day")
    return ngettext("%(count)s day", "%(count)s days", span.days) % {"count": span.days}


@register.simple_tag
def zone_label(at: datetime) -> str:
    """The page's zone by its city and offset at the moment shown: "Jerusalem (UTC+2)"."""
    local = timezone.localtime(at)
    minutes = int((local.utcoffset() or timedelta()).total_seconds() // 60)
    hours, rest = divmod(abs(minutes), 60)
    offset = f"UTC{'+' if minutes >= 0 else '−'}{hours}" + (f":{rest:02}" if rest else "")
    # Cities without a translation stay as the zone's name has them.
    city = _(timezone.get_current_timezone_name().rsplit("/", 1)[-1].replace("_", " "))
    return city if city == "UTC" else f"{city} ({offset})"
