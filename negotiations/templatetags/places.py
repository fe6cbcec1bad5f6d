"""Where the page of an item is, or the list it stands in."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django import template
from django.urls import NoReverseMatch, reverse

from negotiations.selectors.entry_lines import EntryLine
from negotiations.selectors.head import Head

register = template.Library()
# The page of one item by its ref, and the list that shows those without one.
PAGES: dict[str, tuple[str, str]] = {
    "assessment": ("assessment", "outlook"),
    "claim": ("claim", ""),
    "clause": ("", "text"),
    "condition": ("condition", "conditions"),
    "dispute": ("dispute", "disputes"),
    "entry": ("", "record"),
    "incident": ("incident", "incidents"),
    "instrument": ("", "text"),
    "meeting": ("meeting", "messages"),
    "message": ("message", "messages"),
    "negotiation": ("", "overview"),
    "phase": ("", "roadmap"),
    "position": ("position", "positions"),
    "proposal": ("proposal", "disputes"),
    "proposalversion": ("", "disputes"),
    "source": ("source", "sources"),
    "window": ("", "calendar"),
}


@register.simple_tag
def place_of(noun: str, slug: str, ref: str = "") -> str:
    """The address of the item's own page, else of the list it is in; empty where it has neither."""
    page, within = PAGES.get(noun, ("", ""))
    if page and ref and slug and (found := _address(page, slug, ref)):
        return found
    if within and slug and (found := _address(within, slug)):
        return f"{found}#{ref}" if ref else found
    return ""


def _address(name: str, *args: str) -> str:
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


@register.simple_tag
def entry_place(line: EntryLine, entry: UUID, head: Head | str = "") -> str:
    """The record of the line's negotiation from this entry on, at the moment of the page; empty without one."""
    if not line.slug:
        return ""
    asked = dict(head.asked) if isinstance(head, Head) else {}
    query = urlencode({"entry": str(entry), **asked})
    return f"{reverse('record', args=[line.slug])}?{query}#e-{entry}"
