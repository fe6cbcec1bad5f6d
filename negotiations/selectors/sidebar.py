"""What stands in the side bar: the negotiations a reader may see, what is new in them, and their own views."""

from __future__ import annotations

from dataclasses import dataclass

from negotiations.models import Negotiation, SavedView
from negotiations.rules.marking import Viewer

from .last_look import unseen_counts
from .words import Words, words_of

MOST = 12


@dataclass(frozen=True, slots=True)
class Followed:
    """A negotiation with how many changes its reader has not seen."""

    slug: str
    title: Words
    unseen: int


def followed_by(viewer: Viewer) -> list[Followed]:
    """The first negotiations a reader may see, in the order of their English titles."""
    rows = list(Negotiation.objects.visible_to(viewer).order_by("title")[:MOST])
    unseen = unseen_counts(viewer, rows)
    return [Followed(row.slug, words_of(row, "title"), unseen.get(row.pk, 0)) for row in rows]


def views_of(viewer: Viewer) -> list[SavedView]:
    """The reader's saved views whose negotiation, where there is one, they may still see."""
    if viewer.user_id is None:
        return []
    views = SavedView.objects.filter(user_id=viewer.user_id).select_related("negotiation").order_by("name")
    visible = set(
        Negotiation.objects.visible_to(viewer).filter(pk__in=views.values("negotiation")).values_list("pk", flat=True)
    )
    return [view for view in views if view.negotiation_id is None or view.negotiation_id in visible]
