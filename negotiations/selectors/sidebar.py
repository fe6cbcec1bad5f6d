"""What stands in the side bar: what a reader watches or sits in, what is new in it, and their own views."""

from __future__ import annotations

from dataclasses import dataclass

from negotiations.models import Negotiation, SavedView
from negotiations.rules.marking import Viewer

from .last_look import unseen_counts
from .watching import WatchedItem, watched, watched_items
from .words import Words, words_of

MOST = 12


@dataclass(frozen=True, slots=True)
class Followed:
    """A negotiation with how many changes its reader has not seen."""

    slug: str
    title: Words
    unseen: int


@dataclass(frozen=True, slots=True)
class Following:
    """The negotiations and items in the side bar; `is_own` is false where everything there is stands for a choice."""

    negotiations: tuple[Followed, ...]
    items: tuple[WatchedItem, ...] = ()
    is_own: bool = False


def following(viewer: Viewer) -> Following:
    """What the reader watches and the negotiations they sit in, by English title.

    Whoever watches nothing and sits nowhere finds the first negotiations they may see.
    """
    keys = set(watched(viewer).values_list("negotiation_id", "subject_type", "subject_id")) if viewer.user_id else set()
    chosen = {negotiation for negotiation, _noun, _key in keys} | set(viewer.seats)
    visible = Negotiation.objects.visible_to(viewer).order_by("title")
    own = list(visible.filter(pk__in=chosen)[:MOST]) if chosen else []
    rows = own or list(visible[:MOST])
    unseen = unseen_counts(viewer, rows)
    items = [(negotiation, noun, key) for negotiation, noun, key in keys if key is not None]
    return Following(
        negotiations=tuple(Followed(row.slug, words_of(row, "title"), unseen.get(row.pk, 0)) for row in rows),
        items=tuple(watched_items(viewer, items, rows)[:MOST]),
        is_own=bool(own),
    )


def views_of(viewer: Viewer) -> list[SavedView]:
    """The reader's saved views whose negotiation, where there is one, they may still see."""
    if viewer.user_id is None:
        return []
    views = (
        SavedView.objects.filter(user_id=viewer.user_id, deleted_at__isnull=True)
        .select_related("negotiation")
        .order_by("name")
    )
    visible = set(
        Negotiation.objects.visible_to(viewer).filter(pk__in=views.values("negotiation")).values_list("pk", flat=True)
    )
    return [view for view in views if view.negotiation_id is None or view.negotiation_id in visible]
