"""Webhooks and what went to them as documents, and what a person sends to have one."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from negotiations.rules.codes import AttemptTrouble, DeliveryState, PauseCause, Urgency
from negotiations.rules.verbs import VERBS
from negotiations.rules.webhook import NAME_MAX, URL_MAX

from .fields import code, codes_or_none, moment

NAMED_MAX = 100


class WebhookUrls(serializers.Serializer[Any]):
    """Where the webhook is changed and where its log is."""

    self = serializers.URLField()
    deliveries = serializers.URLField()


class WebhookLine(serializers.Serializer[Any]):
    """A webhook without its secrets."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    url = serializers.CharField()
    is_about_everything = serializers.BooleanField(help_text="Everything you may see, in all negotiations.")
    negotiation = serializers.CharField(allow_null=True, help_text="The slug of the one it is about, while you see it.")
    verbs = serializers.ListField(child=serializers.CharField(), help_text="Empty for all of them.")
    least_urgency = codes_or_none(Urgency)
    is_paused = serializers.BooleanField()
    paused_because = codes_or_none(PauseCause)
    failing_since = moment("The first failure since something was last taken; null while all is well.")
    previous_secret_until = moment("Until then the secret before the present one signs as well.")
    created_at = moment(nullable=False)
    urls = WebhookUrls()


class WebhookPage(serializers.Serializer[Any]):
    """Your webhooks, newest first."""

    results = WebhookLine(many=True)
    next = serializers.URLField(allow_null=True)


class WebhookMade(WebhookLine):
    """A new webhook; its secret is told here once."""

    secret = serializers.CharField()


class SecretMade(serializers.Serializer[Any]):
    """A new secret, told here once; the one before signs as well for a while."""

    secret = serializers.CharField()
    previous_secret_until = moment(nullable=False)


class WebhookAttemptLine(serializers.Serializer[Any]):
    """One try."""

    began_at = moment(nullable=False)
    took_ms = serializers.IntegerField()
    status = serializers.IntegerField(allow_null=True, help_text="What the receiver answered.")
    trouble = codes_or_none(AttemptTrouble)
    trouble_label = serializers.CharField(allow_null=True)


class WebhookDeliveryUrls(serializers.Serializer[Any]):
    """Where the delivery is, and where it is sent once more."""

    self = serializers.URLField()
    resend = serializers.URLField()


class WebhookDeliveryLine(serializers.Serializer[Any]):
    """One message to a webhook; `id` is its `webhook-id` over all attempts."""

    id = serializers.UUIDField()
    type = serializers.CharField(allow_null=True, help_text="The verb, or `test`; null where you see it no more.")
    entry = serializers.UUIDField(allow_null=True)
    negotiation = serializers.CharField(allow_null=True, help_text="Its slug.")
    state = code(DeliveryState)
    state_label = serializers.CharField()
    is_replay = serializers.BooleanField()
    made_at = moment(nullable=False)
    next_try_at = moment("When it is tried next, while it waits.")
    settled_at = moment()
    attempts = WebhookAttemptLine(many=True, help_text="The latest dozen, newest first; old ones are forgotten.")
    urls = WebhookDeliveryUrls()


class WebhookDeliveryPage(serializers.Serializer[Any]):
    """What went to a webhook, newest first."""

    results = WebhookDeliveryLine(many=True)
    next = serializers.URLField(allow_null=True)


class Strict(serializers.Serializer[Any]):
    """Refuses fields that there are none of."""

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        sent: dict[str, Any] = self.initial_data
        if unknown := sorted(set(sent) - set(self.fields)):
            raise serializers.ValidationError({name: _("There is no such field.") for name in unknown})
        return attrs


class WebhookChange(Strict):
    """What of a webhook may be changed; what is left out stays."""

    name = serializers.CharField(max_length=NAME_MAX, required=False)
    url = serializers.CharField(max_length=URL_MAX, required=False, help_text="https, on a public address.")
    verbs = serializers.ListField(
        child=serializers.CharField(max_length=48),
        required=False,
        max_length=len(VERBS),
        help_text="Verbs of the record as `/codes/` lists them; empty for all of them.",
    )
    least_urgency = code(Urgency, required=False)


class WebhookWrite(WebhookChange):
    """A new webhook: what it is for, where it is, and what it asks for."""

    name = serializers.CharField(max_length=NAME_MAX)
    url = serializers.CharField(max_length=URL_MAX, help_text="https, on a public address.")
    negotiation = serializers.SlugField(
        required=False, allow_null=True, help_text="The slug of one negotiation; null for everything you may see."
    )


class ReplayWrite(Strict):
    """What to send again: entries by their ids, or all that the webhook asks for between two cursors."""

    negotiation = serializers.SlugField()
    entries = serializers.ListField(child=serializers.UUIDField(), required=False, max_length=NAMED_MAX, min_length=1)
    after = serializers.CharField(
        required=False, allow_blank=True, max_length=500, help_text="A cursor of the record; empty for its beginning."
    )
    upto = serializers.CharField(
        required=False, allow_blank=True, max_length=500, help_text="A cursor of the record; empty for its end."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        attrs = super().validate(attrs)
        if ("entries" in attrs) == ("after" in attrs):
            raise serializers.ValidationError(_("Name entries, or say after which cursor: one of the two."))
        return attrs


class ReplayDone(serializers.Serializer[Any]):
    """How much is on its way again."""

    replayed = serializers.IntegerField()
    next = serializers.CharField(allow_null=True, help_text="Send it as `after` to go on; null at the end.")
