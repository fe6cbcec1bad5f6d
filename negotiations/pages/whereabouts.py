"""Where an item is shown: its own page, or the page of what it belongs to."""

from __future__ import annotations

from typing import Any

from django.urls import NoReverseMatch, reverse

from negotiations.models import (
    Clause,
    Entry,
    Gate,
    Link,
    MarkedItem,
    Negotiation,
    Note,
    Phase,
    Position,
    ProposalVersion,
    ProposedFinding,
    Response,
    Tracked,
)

# Kinds with a page of their own under their ref, and kinds that are listed on one.
PAGES = {
    "condition": "condition",
    "dispute": "dispute",
    "incident": "incident",
    "source": "source",
    "meeting": "meeting",
}
LISTS = {
    "message": "messages", "assessment": "outlook", "instrument": "text", "clause": "text", "position": "positions",
    "proposal": "disputes", "claim": "conditions", "window": "calendar", "phase": "roadmap",
}  # fmt: skip


def address_of(negotiation: Negotiation, saved: Tracked, *, fallback: Any = None) -> str:
    """Where to go once this is saved: to its page, or to the page of what was opened."""
    if isinstance(saved, Note) and isinstance(fallback, MarkedItem) and not isinstance(fallback, Note):
        return page_of(negotiation, fallback)
    return page_of(negotiation, saved if isinstance(saved, MarkedItem) else None)


def page_of(negotiation: Negotiation, item: Any) -> str:
    """The page that shows an item; the overview for what has none."""
    whole = whole_of(item)
    noun = whole.noun() if isinstance(whole, MarkedItem) else ""
    found = _reverse(PAGES.get(noun, ""), negotiation.slug, getattr(whole, "ref", ""))
    found = found or _reverse(LISTS.get(noun, ""), negotiation.slug)
    return found or reverse("overview", args=[negotiation.slug])


def whole_of(item: Any) -> Any:
    """What an item without a page of its own is shown with."""
    match item:
        case Gate() | Link() | ProposedFinding():
            return item.condition
        case Position():
            return item.dispute or item.condition or item
        case ProposalVersion():
            return whole_of(item.proposal)
        case Response():
            return whole_of(item.proposal_version)
        case Note():
            return _subject_of(item) or item
        case Clause() | Phase() | Entry():
            return item
    if getattr(item, "dispute_id", None):
        return item.dispute
    if isinstance(item, MarkedItem) and item.noun() == "claim":
        return item.conditions.first() or item  # type: ignore[attr-defined]
    return item


def _subject_of(note: Note) -> MarkedItem | None:
    kinds = {kind.noun(): kind for kind in MarkedItem.__subclasses__()}
    kind = kinds.get(note.subject_type)
    found: MarkedItem | None = kind._default_manager.filter(public_id=note.subject_id).first() if kind else None
    return found


def _reverse(name: str, *args: str) -> str:
    """The address, or nothing where no page of that name is there."""
    if not name or not all(args):
        return ""
    try:
        return reverse(name, args=list(args))
    except NoReverseMatch:
        return ""


def step_address(negotiation: Negotiation, item: Any, noun: str, name: str) -> str:
    """Where the form of a step on an item is."""
    if isinstance(item, Negotiation):
        return reverse("write-negotiation", args=[negotiation.slug, name])
    return reverse("write-change", args=[negotiation.slug, noun, item.public_id, name])
