"""Webhooks: a person, or a program of theirs that may write, names addresses that are told of entries."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from negotiations.access.doors import find_negotiation
from negotiations.models import Negotiation, User, Webhook
from negotiations.selectors.webhooks import abouts, asks_for, webhook_of, webhooks_of
from negotiations.services.webhook import (
    add_webhook,
    change_webhook,
    end_webhook,
    pause_webhook,
    resume_webhook,
    rotate_secret,
)

from .. import schema
from ..documents import document_response
from ..fields import check_parameters
from ..pagination import Sort, keyset_page
from ..sending import answer_once
from ..serializers.webhook import SecretMade, WebhookChange, WebhookLine, WebhookMade, WebhookPage, WebhookWrite
from .own import OwnView

NEWEST = (Sort("created_at", is_descending=True), Sort("public_id", is_descending=True))
AUTH: Any = [{"token": []}, {"session": []}]
Do = Callable[[Webhook], HttpResponse]
BASE = "/api/v1/webhooks/"


class OwnWebhooks(OwnView):
    """An address for whoever has webhooks, and for their programs."""

    def own(self, request: Request, public_id: UUID) -> Webhook:
        webhook = webhook_of(self.person(request), public_id)
        if webhook is None:
            raise Http404
        return webhook

    def once(self, request: Request, public_id: UUID, do: Do, *, is_secret: bool = False) -> HttpResponse:
        """Do something with the caller's own webhook, once under their `Idempotency-Key`."""
        webhook = self.own(request, public_id)
        return answer_once(request, webhook.user, lambda: do(webhook), is_secret=is_secret)

    def told(self, request: Request, public_id: UUID) -> HttpResponse:
        """The webhook as it is now."""
        return document_response(request, self.line(request, self.own(request, public_id)))

    def line(self, request: Request, webhook: Webhook) -> dict[str, Any]:
        about = abouts([webhook], viewer=self.viewer).get(webhook.pk)
        return line_of(request, webhook, about)


class Webhooks(OwnWebhooks):
    """Your webhooks."""

    @extend_schema(
        operation_id="webhooks_list",
        summary="Your webhooks, without their secrets",
        parameters=[schema.CURSOR, schema.LIMIT, schema.LANG, schema.IF_NONE_MATCH],
        auth=AUTH,
        responses=schema.read(WebhookPage, schema.WEBHOOK_PAGE, 400, 401),
    )
    def get(self, request: Request) -> HttpResponse:
        person = self.person(request)
        check_parameters(request, ("cursor", "limit"))
        page = keyset_page(request, self.viewer, webhooks_of(person), key=NEWEST)
        about = abouts(page.rows, viewer=self.viewer)
        found = [line_of(request, webhook, about.get(webhook.pk)) for webhook in page.rows]
        return document_response(request, {"results": found, "next": page.next})

    @extend_schema(
        operation_id="webhooks_create",
        summary="Name an address that is told of entries",
        description="Messages follow Standard Webhooks: `webhook-id` stays the same over all attempts, so that a "
        "receiver knows what it has; `webhook-timestamp` is that of the attempt; `webhook-signature` bears a `v1` "
        "signature for each secret that signs. `data.record` is the row of `/record/`, as you may see it at that "
        "moment and up to TLP:GREEN (TLP:AMBER where the lead allows it), and `data.cursor` the cursor behind it. "
        "Delivery is at least once and in order as long as nothing fails: whoever needs every row in its order "
        "reads the record from the last cursor. What is not answered with 2xx within 15 seconds is tried again in "
        "growing gaps for 72 hours; `Retry-After` is honoured, a redirect is not followed, 410 pauses the webhook. "
        "The secret is in this answer and nowhere else; under an `Idempotency-Key` it is told again for 24 hours, "
        "kept sealed as the secret itself is.",
        parameters=[schema.LANG, schema.IDEMPOTENCY_KEY],
        auth=AUTH,
        request=WebhookWrite,
        examples=[schema.WEBHOOK_WANTED],
        responses=schema.made(WebhookMade, schema.WEBHOOK_MADE, 400, 401, 403, 404, 422),
    )
    def post(self, request: Request) -> HttpResponse:
        person = self.person(request)
        return answer_once(request, person, lambda: self._made(request, person), is_secret=True)

    def _made(self, request: Request, person: User) -> HttpResponse:
        sent = WebhookWrite(data=request.data)
        sent.is_valid(raise_exception=True)
        wanted = dict(sent.validated_data)
        slug = wanted.pop("negotiation", None)
        where = find_negotiation(self.viewer, slug) if slug else None
        webhook, secret = add_webhook(person, now=timezone.now(), negotiation=where, **wanted)
        document = self.line(request, self.own(request, webhook.public_id)) | {"secret": secret}
        done = document_response(request, document, status=201)
        done["Location"] = document["urls"]["self"]
        return done


class OneWebhook(OwnWebhooks):
    """One of your webhooks."""

    @extend_schema(
        operation_id="webhooks_retrieve",
        summary="One of your webhooks, without its secrets",
        parameters=[schema.ID, schema.LANG, schema.IF_NONE_MATCH],
        auth=AUTH,
        responses=schema.read(WebhookLine, schema.WEBHOOK, 400, 401, 404),
    )
    def get(self, request: Request, public_id: UUID) -> HttpResponse:
        return self.told(request, public_id)

    @extend_schema(
        operation_id="webhooks_change",
        summary="Change a webhook",
        description="What waits goes to the new address. Which negotiation it is about stays: make another one.",
        parameters=[schema.ID, schema.LANG],
        auth=AUTH,
        request=WebhookChange,
        examples=[schema.WEBHOOK_CHANGED],
        responses=schema.written(WebhookLine, schema.WEBHOOK, 400, 401, 403, 404, 422),
    )
    def patch(self, request: Request, public_id: UUID) -> HttpResponse:
        webhook = self.own(request, public_id)
        sent = WebhookChange(data=request.data)
        sent.is_valid(raise_exception=True)
        change_webhook(webhook, now=timezone.now(), **sent.validated_data)
        return self.told(request, public_id)

    @extend_schema(
        operation_id="webhooks_end",
        summary="Give a webhook up",
        description="Nothing more is sent, what waits is withheld, and its secrets are destroyed.",
        parameters=[schema.ID, schema.LANG],
        auth=AUTH,
        responses={204: None, **schema.refused(400, 401, 403, 404)},
    )
    def delete(self, request: Request, public_id: UUID) -> HttpResponse:
        end_webhook(self.own(request, public_id), now=timezone.now())
        return HttpResponse(status=204)


class PauseWebhook(OwnWebhooks):
    """Lets a webhook rest."""

    @extend_schema(
        operation_id="webhooks_pause",
        summary="Send nothing until it is resumed; what happens meanwhile waits",
        parameters=[schema.ID, schema.LANG, schema.IDEMPOTENCY_KEY],
        auth=AUTH,
        request=None,
        responses=schema.written(WebhookLine, schema.WEBHOOK, 400, 401, 403, 404, 422),
    )
    def post(self, request: Request, public_id: UUID) -> HttpResponse:
        def pause(webhook: Webhook) -> HttpResponse:
            pause_webhook(webhook, now=timezone.now())
            return self.told(request, public_id)

        return self.once(request, public_id, pause)


class ResumeWebhook(OwnWebhooks):
    """Has a webhook go on."""

    @extend_schema(
        operation_id="webhooks_resume",
        summary="Go on at once with what waits",
        parameters=[schema.ID, schema.LANG, schema.IDEMPOTENCY_KEY],
        auth=AUTH,
        request=None,
        responses=schema.written(WebhookLine, schema.WEBHOOK, 400, 401, 403, 404, 422),
    )
    def post(self, request: Request, public_id: UUID) -> HttpResponse:
        def resume(webhook: Webhook) -> HttpResponse:
            resume_webhook(webhook)
            return self.told(request, public_id)

        return self.once(request, public_id, resume)


class RotateSecret(OwnWebhooks):
    """Signs with a new secret."""

    @extend_schema(
        operation_id="webhooks_rotate",
        summary="Make a new secret; the one before signs as well for 24 hours",
        description="Refused with `secret_overlap` while the one before still signs. The secret is in this answer and "
        "nowhere else; under an `Idempotency-Key` it is told again for 24 hours, kept sealed as the secret itself is.",
        parameters=[schema.ID, schema.LANG, schema.IDEMPOTENCY_KEY],
        auth=AUTH,
        request=None,
        responses=schema.written(SecretMade, schema.WEBHOOK_SECRET, 400, 401, 403, 404, 422),
    )
    def post(self, request: Request, public_id: UUID) -> HttpResponse:
        def rotate(webhook: Webhook) -> HttpResponse:
            secret = rotate_secret(webhook, now=timezone.now())
            webhook.refresh_from_db(fields=["previous_until"])
            return document_response(request, {"secret": secret, "previous_secret_until": webhook.previous_until})

        return self.once(request, public_id, rotate, is_secret=True)


def line_of(request: Request, webhook: Webhook, about: Negotiation | None) -> dict[str, Any]:
    """The webhook; `about` is its negotiation as far as its owner sees it."""
    asked = asks_for(webhook)
    address = request.build_absolute_uri(f"{BASE}{webhook.public_id}/")
    return {
        "id": webhook.public_id,
        "name": webhook.name,
        "url": webhook.url,
        "is_about_everything": asked is not None and asked.negotiation_id is None,
        "negotiation": about.slug if about else None,
        "verbs": asked.verbs if asked else [],
        "least_urgency": asked.least_urgency if asked else None,
        "is_paused": webhook.paused_at is not None,
        "paused_because": webhook.paused_because or None,
        "failing_since": webhook.failing_since,
        "previous_secret_until": webhook.previous_until,
        "created_at": webhook.created_at,
        "urls": {"self": address, "deliveries": f"{address}deliveries/"},
    }
