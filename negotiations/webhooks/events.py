"""What is sent of an entry: the document of the record, as its receiver's owner may see it at this moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from negotiations.access.viewer import viewer_for
from negotiations.models import Entry, Negotiation, Tombstone, User, Webhook, WebhookDelivery
from negotiations.rules.codes import DeliveryState, Marking
from negotiations.rules.marking import Viewer, rank
from negotiations.selectors.entry_lines import with_payload
from negotiations.selectors.feed_cursor import cursor_at
from negotiations.selectors.feed_lines import entry_document, tombstone_document

TOMBSTONE, TEST = "tombstone", "test"
NARROWED = "marking.narrowed"
# Nobody's number: a receiver is no person named on what is marked TLP:RED.
NOBODY = 0


@dataclass(frozen=True, slots=True)
class Event:
    """One message: its kind, when it happened, what it holds, and the marking that it bears."""

    type: str
    at: datetime
    data: Mapping[str, Any]
    marking: str
    negotiation: Negotiation | None = None

    def document(self) -> dict[str, Any]:
        return {"type": self.type, "timestamp": self.at, "data": self.data}


def carried_for(owner: User, negotiation: Negotiation) -> Viewer:
    """Who a receiver is: its owner, up to TLP:GREEN, and up to TLP:AMBER where the lead allows that here."""
    viewer = viewer_for(owner)
    ceilings = {negotiation.pk: Marking.AMBER if negotiation.mails_amber else Marking.GREEN}
    seats = {
        pk: replace(seat, clearance=min(seat.clearance, ceilings.get(pk, Marking.GREEN), key=rank))
        for pk, seat in viewer.seats.items()
    }
    return Viewer(user_id=NOBODY if viewer.is_signed_in else None, seats=seats)


def event_of(delivery: WebhookDelivery, *, now: datetime) -> Event | None:
    """The message of a delivery; None where its owner may not, or may not any more, be sent it."""
    owner = delivery.webhook.user
    if not owner.is_active:
        return None
    with override(owner.language):
        if delivery.entry_id is None:
            return Event(TEST, now, {"webhook": delivery.webhook.public_id, "text": test_words()}, Marking.CLEAR)
        entry = with_payload(Entry.objects.filter(pk=delivery.entry_id)).select_related("access").get()
        return _event_of_entry(delivery.webhook, entry)


def test_words() -> str:
    return _("A test: whoever reads this receives what the tracker sends.")


def may_be_carried(owner: User, entry: Entry) -> bool:
    """Whether the owner's receivers may be sent an entry now."""
    if entry.negotiation is None or not owner.is_active:
        return False
    carried = carried_for(owner, entry.negotiation)
    return Entry.objects.visible_to(carried).filter(pk=entry.pk).exists()


def _event_of_entry(webhook: Webhook, entry: Entry) -> Event | None:
    negotiation = entry.negotiation
    assert negotiation is not None  # noqa: S101  nothing is made of the registry's entries
    carried = carried_for(webhook.user, negotiation)
    if Entry.objects.visible_to(carried).filter(pk=entry.pk).exists():
        row = entry_document(entry, viewer=carried)
        marking = entry.access.marking
        kind, at = entry.verb, entry.inserted_at
    elif (lost := tombstone_for(webhook, entry, carried)) is not None:
        row = tombstone_document(lost)
        marking = lost.was_marking
        kind, at = TOMBSTONE, entry.inserted_at
    else:
        return None
    data = {
        "record": row,
        "negotiation": {"id": negotiation.public_id, "slug": negotiation.slug, "title": negotiation.title},
        "cursor": cursor_at(negotiation, viewer_for(webhook.user), row["id"]),
        "marking": marking,
        "language": webhook.user.language,
        "license": settings.DATA_LICENSE if marking == Marking.CLEAR else None,
        "permalink": permalink(negotiation, row) if kind != TOMBSTONE else None,
    }
    return Event(kind, at, data, marking, negotiation)


def tombstone_for(webhook: Webhook, entry: Entry, carried: Viewer) -> Tombstone | None:
    """What a receiver must forget because an entry narrowed it: only what it was really sent something of."""
    if entry.verb != NARROWED or not was_told_of(webhook, entry):
        return None
    return Tombstone.objects.visible_to(carried).filter(told_by=entry).select_related("told_by").first()


def was_told_of(webhook: Webhook, entry: Entry) -> bool:
    """Whether the receiver took anything about the entry's subject."""
    told = WebhookDelivery.objects.filter(webhook=webhook, entry__subject_id=entry.subject_id)
    return told.filter(state=DeliveryState.SENT).exists()


def permalink(negotiation: Negotiation, row: Mapping[str, Any]) -> str:
    return f"{settings.SITE_URL}/api/v1/negotiations/{negotiation.slug}/record/{row['id']}/"
