"""Subscriptions: a signed-in person, or a program of theirs, says what is told, when and how."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request

from negotiations.models import MarkedItem, Negotiation, SavedView, Subscription, User, Webhook
from negotiations.rules.codes import AlertChannel
from negotiations.selectors.sidebar import views_of
from negotiations.selectors.subscriptions import WATCHED, abouts, subscription_of, subscriptions_of
from negotiations.services.subscription import (
    change_subscription,
    end_subscription,
    pause_subscription,
    resume_subscription,
    subscribe,
    version_of,
)

from .. import schema
from ..alert_documents import address_of, subscription_document
from ..documents import document_response
from ..fields import check_parameters
from ..pagination import Sort, keyset_page
from ..precondition import required_version
from ..sending import answer_once
from ..serializers.alert import SubscriptionDocument, SubscriptionPage, SubscriptionWrite, Wishes
from .own import OwnView

Post = Callable[..., HttpResponse]
NEWEST_FIRST = (Sort("created_at", is_descending=True), Sort("public_id"))


class Subscriptions(OwnView):
    """Your subscriptions that have not ended."""

    @extend_schema(
        operation_id="subscriptions_list",
        summary="What you are told of, newest first",
        parameters=[schema.LANG, schema.CURSOR, schema.LIMIT, schema.IF_NONE_MATCH],
        responses=schema.read(SubscriptionPage, "subscription_page", 400, 401),
    )
    def get(self, request: Request) -> HttpResponse:
        person = self.person(request)
        check_parameters(request, {"cursor", "limit"})
        page = keyset_page(request, self.viewer, subscriptions_of(person), key=NEWEST_FIRST)
        about = abouts(page.rows, self.viewer)
        found = [subscription_document(request, row, about[row.pk]) for row in page.rows]
        return document_response(request, {"results": found, "next": page.next})

    @extend_schema(
        operation_id="subscriptions_create",
        summary="Ask to be told of something",
        description="Nothing that happened before is told. Rights are asked anew whenever something is told. "
        "The very same twice is refused: 409 `already_there`, with `present` naming the one that is there.",
        parameters=[schema.LANG, schema.IDEMPOTENCY_KEY],
        request=SubscriptionWrite,
        examples=[schema.SUBSCRIPTION_WANTED],
        responses=schema.made(SubscriptionDocument, "subscription", 400, 401, 403, 409, 422),
    )
    def post(self, request: Request) -> HttpResponse:
        person = self.person(request)
        return answer_once(request, person, lambda: self._made(request, person))

    def _made(self, request: Request, person: User) -> HttpResponse:
        sent = SubscriptionWrite(data=request.data)
        sent.is_valid(raise_exception=True)
        row = subscribe(person, now=self.now(), **self._named(person, sent.validated_data), **sent.wishes)
        done = self.answer(request, row, status=201)
        done["Location"] = address_of(request, row)
        return done

    def _named(self, person: User, sent: dict[str, Any]) -> dict[str, Any]:
        """What is named, among what the caller may see; hidden and unknown are refused alike."""
        negotiation = self._negotiation(sent)
        return {
            "negotiation": negotiation,
            "subject": self._item(sent, negotiation),
            "view": self._view(sent),
            "webhook": self._webhook(person, sent),
        }

    def _negotiation(self, sent: dict[str, Any]) -> Negotiation | None:
        if "negotiation" not in sent:
            return None
        row = Negotiation.objects.visible_to(self.viewer).filter(slug=sent["negotiation"]).first()
        return row or _unknown("negotiation", _("There is no such negotiation."))

    def _item(self, sent: dict[str, Any], negotiation: Negotiation | None) -> MarkedItem | None:
        if "item" not in sent:
            return None
        visible = WATCHED[sent["item_kind"]]._default_manager.visible_to(self.viewer)
        row: MarkedItem | None = visible.filter(negotiation=negotiation, public_id=sent["item"]).first()
        return row or _unknown("item", _("There is no such item."))

    def _view(self, sent: dict[str, Any]) -> SavedView | None:
        if "view" not in sent:
            return None
        row = next((view for view in views_of(self.viewer) if view.public_id == sent["view"]), None)
        return row or _unknown("view", _("You have no such view."))

    def _webhook(self, person: User, sent: dict[str, Any]) -> Webhook | None:
        if "webhook" not in sent:
            return None
        row = Webhook.objects.filter(user=person, public_id=sent["webhook"], ended_at__isnull=True).first()
        return row or _unknown("webhook", _("You have no such webhook."))

    def answer(self, request: Request, row: Subscription, *, status: int = 200) -> HttpResponse:
        return subscription_response(self, request, row, status=status)


class OneSubscription(OwnView):
    """One of your subscriptions, ended or not."""

    @extend_schema(
        operation_id="subscriptions_retrieve",
        summary="One of your subscriptions",
        parameters=[schema.ID, schema.LANG, schema.IF_NONE_MATCH],
        responses=schema.read(SubscriptionDocument, "subscription", 400, 401, 404),
    )
    def get(self, request: Request, public_id: UUID) -> HttpResponse:
        return subscription_response(self, request, own(self, request, public_id))

    @extend_schema(
        operation_id="subscriptions_change",
        summary="Change how much, how or when you are told",
        description="What is sent is set, everything else stays; what it is about stays too.",
        parameters=[schema.ID, schema.LANG, schema.IF_MATCH],
        request=Wishes,
        examples=[schema.WISHES_CHANGED],
        responses=schema.written(SubscriptionDocument, "subscription", 400, 401, 403, 404, 409, 412, 422, 428),
    )
    def patch(self, request: Request, public_id: UUID) -> HttpResponse:
        row = living(self, request, public_id)
        opened = required_version(request)
        sent = Wishes(data=request.data)
        sent.is_valid(raise_exception=True)
        if AlertChannel.WEBHOOK in (row.channel, sent.wishes.get("channel", row.channel)) and "channel" in sent.wishes:
            raise serializers.ValidationError({"channel": _("A subscription stays with its webhook, or without one.")})
        change_subscription(row, now=self.now(), opened=opened, **sent.wishes)
        return subscription_response(self, request, own(self, request, public_id))


class RestingSubscription(OwnView):
    """A verb on one of your subscriptions."""

    verb: Callable[..., Subscription]

    def take(self, request: Request, public_id: UUID) -> HttpResponse:
        row = living(self, request, public_id)
        person = self.person(request)

        def do() -> HttpResponse:
            type(self).verb(row, now=self.now())
            return subscription_response(self, request, own(self, request, public_id))

        return answer_once(request, person, do)


def _verb(name: str, summary: str, description: str) -> Callable[[Post], Post]:
    described: Callable[[Post], Post] = extend_schema(
        operation_id=f"subscriptions_{name}",
        summary=summary,
        description=description,
        parameters=[schema.ID, schema.LANG, schema.IDEMPOTENCY_KEY],
        request=None,
        responses=schema.written(SubscriptionDocument, "subscription", 400, 401, 403, 404),
    )
    return described


class PausedSubscription(RestingSubscription):
    """Let it rest."""

    verb = staticmethod(pause_subscription)

    @_verb("pause", "Let a subscription rest", "What happens meanwhile is told when it goes on.")
    def post(self, request: Request, public_id: UUID) -> HttpResponse:
        return self.take(request, public_id)


class ResumedSubscription(RestingSubscription):
    """Let it go on."""

    verb = staticmethod(resume_subscription)

    @_verb("resume", "Let a subscription go on", "What happened while it rested is told in one.")
    def post(self, request: Request, public_id: UUID) -> HttpResponse:
        return self.take(request, public_id)


class EndedSubscription(RestingSubscription):
    """End it."""

    verb = staticmethod(end_subscription)

    @_verb("end", "End a subscription", "For good. An ended one is found by its id, and in no list.")
    def post(self, request: Request, public_id: UUID) -> HttpResponse:
        return self.take(request, public_id)


def own(view: OwnView, request: Request, public_id: UUID) -> Subscription:
    """The caller's own, ended or not; somebody else's is not there."""
    row = subscription_of(view.person(request), public_id)
    if row is None:
        raise Http404
    return row


def living(view: OwnView, request: Request, public_id: UUID) -> Subscription:
    row = own(view, request, public_id)
    if row.ended_at is not None:
        raise Http404
    return row


def subscription_response(view: OwnView, request: Request, row: Subscription, *, status: int = 200) -> HttpResponse:
    about = abouts([row], view.viewer)[row.pk]
    document = subscription_document(request, row, about)
    return document_response(request, document, version=version_of(row), status=status)


def _unknown(field: str, message: str) -> Any:
    raise serializers.ValidationError({field: message})
