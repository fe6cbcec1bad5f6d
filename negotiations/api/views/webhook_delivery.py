"""What went to a webhook: its log, and the ways to have something sent again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request

from negotiations.access.doors import find_negotiation
from negotiations.models import Entry, Negotiation, Webhook, WebhookAttempt, WebhookDelivery
from negotiations.rules.codes import AttemptTrouble
from negotiations.selectors.feed_cursor import CursorOutdated, CursorRefused
from negotiations.selectors.webhooks import DeliveryLine, deliveries_of, delivery_lines, delivery_of
from negotiations.services.webhook_delivery import replay, resend, send_test
from negotiations.webhooks.replaying import entries_between, named_entries

from .. import schema
from ..documents import document_response
from ..errors import Problem
from ..fields import check_parameters
from ..pagination import Sort, keyset_page
from ..serializers.webhook import ReplayDone, ReplayWrite, WebhookDeliveryLine, WebhookDeliveryPage
from .webhook import AUTH, BASE, OwnWebhooks

NEWEST = (Sort("made_at", is_descending=True), Sort("public_id", is_descending=True))
DELIVERY_ID = OpenApiParameter("delivery_id", OpenApiTypes.UUID, OpenApiParameter.PATH, description="Its `webhook-id`.")


class OwnDeliveries(OwnWebhooks):
    """An address under one webhook."""

    def delivery(self, webhook: Webhook, delivery_id: UUID) -> WebhookDelivery:
        found = delivery_of(webhook, delivery_id, viewer=self.viewer)
        if found is None:
            raise Http404
        return found

    def delivery_line(self, request: Request, webhook: Webhook, delivery_id: UUID) -> dict[str, Any]:
        (line,) = delivery_lines([self.delivery(webhook, delivery_id)], viewer=self.viewer)
        return line_of(request, webhook, line)


class WebhookDeliveries(OwnDeliveries):
    """The log of a webhook."""

    @extend_schema(
        operation_id="webhooks_deliveries_list",
        summary="What went to a webhook, with every attempt",
        parameters=[schema.ID, schema.CURSOR, schema.LIMIT, schema.LANG, schema.IF_NONE_MATCH],
        auth=AUTH,
        responses=schema.read(WebhookDeliveryPage, schema.WEBHOOK_DELIVERY_PAGE, 400, 401, 404),
    )
    def get(self, request: Request, public_id: UUID) -> HttpResponse:
        webhook = self.own(request, public_id)
        check_parameters(request, ("cursor", "limit"))
        page = keyset_page(request, self.viewer, deliveries_of(webhook, viewer=self.viewer), key=NEWEST)
        found = [line_of(request, webhook, line) for line in delivery_lines(page.rows, viewer=self.viewer)]
        return document_response(request, {"results": found, "next": page.next})


class OneWebhookDelivery(OwnDeliveries):
    """One line of the log."""

    @extend_schema(
        operation_id="webhooks_deliveries_retrieve",
        summary="One message to a webhook, with its latest attempts",
        parameters=[schema.ID, DELIVERY_ID, schema.LANG, schema.IF_NONE_MATCH],
        auth=AUTH,
        responses=schema.read(WebhookDeliveryLine, schema.WEBHOOK_DELIVERY, 400, 401, 404),
    )
    def get(self, request: Request, public_id: UUID, delivery_id: UUID) -> HttpResponse:
        webhook = self.own(request, public_id)
        return document_response(request, self.delivery_line(request, webhook, delivery_id))


class ResendWebhookDelivery(OwnDeliveries):
    """Sends a message once more."""

    @extend_schema(
        operation_id="webhooks_deliveries_resend",
        summary="Send a message once more, under the same `webhook-id`",
        parameters=[schema.ID, DELIVERY_ID, schema.LANG, schema.IDEMPOTENCY_KEY],
        auth=AUTH,
        request=None,
        responses=schema.written(WebhookDeliveryLine, schema.WEBHOOK_DELIVERY, 400, 401, 403, 404, 422),
    )
    def post(self, request: Request, public_id: UUID, delivery_id: UUID) -> HttpResponse:
        def send(webhook: Webhook) -> HttpResponse:
            resend(self.delivery(webhook, delivery_id), now=timezone.now())
            return document_response(request, self.delivery_line(request, webhook, delivery_id))

        self.delivery(self.own(request, public_id), delivery_id)
        return self.once(request, public_id, send)


class TryWebhook(OwnDeliveries):
    """Sends a message that tells of nothing."""

    @extend_schema(
        operation_id="webhooks_test",
        summary="Send a test",
        parameters=[schema.ID, schema.LANG, schema.IDEMPOTENCY_KEY],
        auth=AUTH,
        request=None,
        responses=schema.made(WebhookDeliveryLine, schema.WEBHOOK_DELIVERY, 400, 401, 403, 404, 422),
    )
    def post(self, request: Request, public_id: UUID) -> HttpResponse:
        def send(webhook: Webhook) -> HttpResponse:
            made = send_test(webhook, now=timezone.now())
            return document_response(request, self.delivery_line(request, webhook, made.public_id), status=201)

        return self.once(request, public_id, send)


class ReplayWebhook(OwnDeliveries):
    """Sends entries again."""

    @extend_schema(
        operation_id="webhooks_replay",
        summary="Send entries again, by their ids or between two cursors of the record",
        description="Each goes as a message of its own with a `webhook-id` of its own. Between cursors goes what the "
        "webhook asks for, up to 500 entries of the record at once; `next` goes on. What may not be sent is left out; "
        "an entry that is named and may not be sent is 404.",
        parameters=[schema.ID, schema.LANG, schema.IDEMPOTENCY_KEY],
        auth=AUTH,
        request=ReplayWrite,
        examples=[schema.REPLAY_WANTED],
        responses=schema.written(ReplayDone, schema.REPLAY_DONE, 400, 401, 403, 404, 410, 422),
    )
    def post(self, request: Request, public_id: UUID) -> HttpResponse:
        def send(webhook: Webhook) -> HttpResponse:
            found, following = chosen(webhook, where, sent.validated_data)
            count = replay(webhook, found, now=timezone.now())
            return document_response(request, {"replayed": count, "next": following})

        self.own(request, public_id)
        sent = ReplayWrite(data=request.data)
        sent.is_valid(raise_exception=True)
        where = find_negotiation(self.viewer, sent.validated_data["negotiation"])
        return self.once(request, public_id, send)


def chosen(webhook: Webhook, where: Negotiation, wanted: dict[str, Any]) -> tuple[list[Entry], str | None]:
    """The entries to send again, and the cursor to go on from."""
    if "entries" in wanted:
        found = named_entries(webhook, where, wanted["entries"])
        if len(found) != len(set(wanted["entries"])):
            raise Http404
        return found, None
    try:
        return entries_between(webhook, where, after=wanted["after"], upto=wanted.get("upto", ""))
    except CursorRefused as refused:
        raise Problem(400, refused.code, refused.message, errors=refused.fields) from None
    except CursorOutdated as refused:
        raise Problem(410, refused.code, refused.message, errors=refused.fields) from None


def line_of(request: Request, webhook: Webhook, line: DeliveryLine) -> dict[str, Any]:
    address = request.build_absolute_uri(f"{BASE}{webhook.public_id}/deliveries/{line.public_id}/")
    return {
        "id": line.public_id,
        "type": "test" if line.is_test else line.verb or None,
        "entry": line.entry,
        "negotiation": line.slug or None,
        "state": line.state,
        "state_label": line.state_label,
        "is_replay": line.is_replay,
        "made_at": line.made_at,
        "next_try_at": line.next_try_at,
        "settled_at": line.settled_at,
        "attempts": [attempt_of(one) for one in line.attempts],
        "urls": {"self": address, "resend": f"{address}resend/"},
    }


def attempt_of(one: WebhookAttempt) -> dict[str, Any]:
    return {
        "began_at": one.began_at,
        "took_ms": one.took_ms,
        "status": one.status,
        "trouble": one.trouble or None,
        "trouble_label": AttemptTrouble(one.trouble).label if one.trouble else None,
    }
