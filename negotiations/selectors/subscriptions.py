"""What a person has asked to be told of, and what each of these wishes is about, with their rights of now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from negotiations.models import Condition, Dispute, MarkedItem, Negotiation, Phase, Subscription, User
from negotiations.rules.marking import Viewer

from .words import words_of

# What one click watches, besides a negotiation as a whole.
WATCHED: dict[str, type[MarkedItem]] = {kind.noun(): kind for kind in (Phase, Condition, Dispute)}


@dataclass(frozen=True, slots=True)
class About:
    """What a wish is about, for one reader.

    `is_there` is false for what they may no longer see: it is called nothing and leads nowhere.
    """

    title: str
    ref: str = ""
    slug: str = ""
    within: str = ""
    noun: str = ""
    is_there: bool = True


def subscriptions_of(user: User) -> QuerySet[Subscription]:
    """The person's wishes that have not ended, newest first."""
    rows = Subscription.objects.filter(user=user, ended_at__isnull=True)
    return rows.select_related("negotiation", "view", "view__negotiation", "webhook").order_by("-pk")


def subscription_of(user: User, public_id: UUID) -> Subscription | None:
    """The person's own wish, ended or not; somebody else's is as unknown as none."""
    rows = Subscription.objects.filter(user=user, public_id=public_id)
    return rows.select_related("negotiation", "view", "view__negotiation", "webhook", "user").first()


def views_told_of(user: User) -> set[int]:
    """The keys of the saved views that a living wish of the person is about."""
    rows = Subscription.objects.filter(user=user, ended_at__isnull=True, view__isnull=False)
    return {key for key in rows.values_list("view_id", flat=True) if key is not None}


def abouts(subscriptions: Iterable[Subscription], viewer: Viewer) -> dict[int, About]:
    """What each wish is about, by its key; one query for negotiations and one for each kind of item."""
    rows = list(subscriptions)
    seen = _visible_negotiations(rows, viewer)
    items = _visible_items(rows, viewer)
    return {row.pk: about(row, seen, items) for row in rows}


def about(row: Subscription, seen: Mapping[int, Negotiation], items: Mapping[UUID, MarkedItem]) -> About:
    """What one wish is about, among the negotiations and items that its reader may see."""
    gone = About(_("Something that is not there for you any more"), is_there=False)
    if row.view is not None:
        hidden = row.view.negotiation_id is not None and row.view.negotiation_id not in seen
        return gone if hidden else About(_("The view “%(name)s”") % {"name": row.view.name}, noun="view")
    if row.negotiation_id is None:
        return About(_("Everything you may see"))
    if row.negotiation_id not in seen:
        return gone
    negotiation = seen[row.negotiation_id]
    title = words_of(negotiation, "title").here
    if row.subject_id is None:
        return About(title, slug=negotiation.slug, noun="negotiation")
    item = items.get(row.subject_id)
    return gone if item is None else about_item(item, negotiation)


def about_item(item: MarkedItem, negotiation: Negotiation) -> About:
    """A phase by its number, anything else by its ref."""
    title = words_of(item, "title").here
    within = words_of(negotiation, "title").here
    if isinstance(item, Phase):
        title = _("Phase %(number)s: %(title)s") % {"number": item.number, "title": title}
        return About(title, slug=negotiation.slug, within=within, noun="phase", ref=str(item.number))
    return About(title, ref=str(getattr(item, "ref", "")), slug=negotiation.slug, within=within, noun=item.noun())


def _visible_negotiations(rows: Sequence[Subscription], viewer: Viewer) -> dict[int, Negotiation]:
    named = [row.negotiation_id for row in rows] + [row.view.negotiation_id for row in rows if row.view]
    wanted = {key for key in named if key is not None}
    if not wanted:
        return {}
    return {one.pk: one for one in Negotiation.objects.visible_to(viewer).filter(pk__in=wanted)}


def _visible_items(rows: Sequence[Subscription], viewer: Viewer) -> dict[UUID, MarkedItem]:
    wanted: defaultdict[str, set[UUID]] = defaultdict(set)
    for row in rows:
        if row.subject_id is not None:
            wanted[row.subject_type].add(row.subject_id)
    found: dict[UUID, MarkedItem] = {}
    for noun, ids in wanted.items():
        kind: Any = WATCHED.get(noun)
        if kind is not None:
            found |= {item.public_id: item for item in kind.objects.visible_to(viewer).filter(public_id__in=ids)}
    return found
