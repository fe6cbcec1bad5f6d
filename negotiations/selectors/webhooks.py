"""A person's webhooks, and the log of what went to each, as far as its owner may know of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from negotiations.models import (
    Entry,
    Negotiation,
    Subscription,
    Tracked,
    User,
    Webhook,
    WebhookAttempt,
    WebhookDelivery,
)
from negotiations.rules.codes import DeliveryState
from negotiations.rules.marking import Viewer
from negotiations.rules.verbs import in_words

from .entry_lines import subjects_of

# Of each delivery so many of the latest attempts are shown: more than a round of them.
SHOWN = 12


@dataclass(frozen=True, slots=True)
class DeliveryLine:
    """One delivery in the log. What it told of is named, by its ref or number, while its owner may see it."""

    public_id: UUID
    verb: str
    says: str
    noun: str
    ref: str
    entry: UUID | None
    slug: str
    state: str
    is_test: bool
    is_replay: bool
    made_at: datetime
    next_try_at: datetime | None
    settled_at: datetime | None
    attempts: tuple[WebhookAttempt, ...]

    @property
    def state_label(self) -> str:
        return DeliveryState(self.state).label

    @property
    def may_be_resent(self) -> bool:
        return self.state not in (DeliveryState.CLAIMED, DeliveryState.SENDING, DeliveryState.NOTHING)


def webhooks_of(user: User) -> QuerySet[Webhook]:
    """The person's living webhooks with what each asks for, in the order of keyset pages: the newest first."""
    living = Subscription.objects.filter(ended_at__isnull=True).order_by("pk")
    rows = Webhook.objects.filter(user=user, ended_at__isnull=True).order_by("-created_at", "-public_id")
    return rows.prefetch_related(Prefetch("subscriptions", queryset=living, to_attr="asks"))


def webhook_of(user: User, public_id: UUID) -> Webhook | None:
    """The person's own webhook; somebody else's is as unknown as none, and so is one that was given up."""
    return webhooks_of(user).filter(public_id=public_id).first()


def asks_for(webhook: Webhook) -> Subscription | None:
    """What it asks for; None where its subscription was ended elsewhere."""
    asks: list[Subscription] = webhook.asks  # type: ignore[attr-defined]  # read along in `webhooks_of`
    return asks[0] if asks else None


def abouts(webhooks: Sequence[Webhook], *, viewer: Viewer) -> dict[int, Negotiation]:
    """By the key of each webhook the negotiation that it is about, where its owner sees that now; one query."""
    asked = {webhook.pk: one.negotiation_id for webhook in webhooks if (one := asks_for(webhook)) is not None}
    seen = Negotiation.objects.visible_to(viewer).in_bulk({pk for pk in asked.values() if pk is not None})
    return {key: seen[pk] for key, pk in asked.items() if pk in seen}


def deliveries_of(webhook: Webhook, *, viewer: Viewer) -> QuerySet[WebhookDelivery]:
    """The log of a webhook, the newest first.

    What was tried stays in it. What was not is there only while its owner may see what it tells of:
    otherwise a line that waits, or that came to nothing, would tell that something is there.
    """
    seen = Entry.objects.visible_to(viewer).filter(pk=OuterRef("entry"))
    tried = WebhookAttempt.objects.filter(delivery=OuterRef("pk"))
    # Its single attempts are forgotten after a while.
    shown = (
        Q(entry__isnull=True)
        | Q(first_tried_at__isnull=False)
        | Exists(tried)
        | (Exists(seen) & ~Q(state=DeliveryState.NOTHING))
    )
    rows = WebhookDelivery.objects.filter(shown, webhook=webhook).order_by("-made_at", "-public_id")
    latest = WebhookAttempt.objects.order_by("-began_at", "-pk")[:SHOWN]
    return rows.prefetch_related(Prefetch("tries", queryset=latest, to_attr="latest"))


def delivery_of(webhook: Webhook, public_id: UUID, *, viewer: Viewer) -> WebhookDelivery | None:
    return deliveries_of(webhook, viewer=viewer).filter(public_id=public_id).first()


def delivery_lines(rows: Sequence[WebhookDelivery], *, viewer: Viewer, are_named: bool = False) -> list[DeliveryLine]:
    """The rows of `deliveries_of` as lines, in a number of queries that does not grow with them.

    Where they `are_named`, a query for each kind more finds what each told of.
    """
    asked = [row.entry_id for row in rows if row.entry_id]
    entries = list(Entry.objects.visible_to(viewer).filter(pk__in=asked).select_related("negotiation"))
    subjects = subjects_of(entries) if are_named else {}
    seen = {entry.pk: (entry, subjects.get(entry.subject_id)) for entry in entries}
    return [_line(row, *seen.get(row.entry_id or 0, (None, None))) for row in rows]


def _line(row: WebhookDelivery, entry: Entry | None, subject: Tracked | None) -> DeliveryLine:
    return DeliveryLine(
        public_id=row.public_id,
        verb=entry.verb if entry else "",
        says=in_words(entry.verb) if entry else "",
        noun=entry.subject_type if entry else "",
        ref=str(getattr(subject, "ref", "") or getattr(subject, "number", "")),
        entry=entry.public_id if entry else None,
        slug=entry.negotiation.slug if entry and entry.negotiation else "",
        state=row.state,
        is_test=row.entry_id is None,
        is_replay=row.replay > 0,
        made_at=row.made_at,
        next_try_at=row.next_try_at if row.state == DeliveryState.WAITING else None,
        settled_at=row.settled_at,
        attempts=tuple(row.latest),  # type: ignore[attr-defined]  # read along in `deliveries_of`
    )
