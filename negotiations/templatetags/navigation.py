"""The tabs of a negotiation, in the order of its own logic."""

from __future__ import annotations

from dataclasses import dataclass

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext, gettext_noop

from negotiations.selectors.head import Head

register = template.Library()
# Name of the page, which is also its section, and the word on its tab.
TABS = (
    ("overview", gettext_noop("Overview")),
    ("text", gettext_noop("Text")),
    ("roadmap", gettext_noop("Roadmap")),
    ("conditions", gettext_noop("Conditions")),
    ("disputes", gettext_noop("Disputes")),
    ("positions", gettext_noop("Positions")),
    ("messages", gettext_noop("Messages")),
    ("incidents", gettext_noop("Incidents")),
    ("sources", gettext_noop("Sources")),
    ("outlook", gettext_noop("Outlook")),
    ("calendar", gettext_noop("Calendar")),
    ("changes", gettext_noop("Changes")),
    ("record", gettext_noop("Record")),
    ("brief", gettext_noop("Brief")),
)


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab with its address, which keeps the moment asked about."""

    name: str
    label: str
    href: str


@register.simple_tag
def tabs(head: Head) -> list[Tab]:
    return [Tab(name, gettext(label), href + head.query) for name, label in TABS if (href := _address(name, head.slug))]


def _address(name: str, slug: str) -> str:
    try:
        return reverse(name, args=[slug])
    except NoReverseMatch:
        return ""
