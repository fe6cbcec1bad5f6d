"""Subscriptions and deliveries as documents, and what a person sends to be told of something."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from negotiations.models.zones import check_zone
from negotiations.rules.codes import AlertChannel, DeliveryState, Marking, Rhythm, Urgency
from negotiations.rules.verbs import VERBS

from ..verbs.body import Body
from .fields import code, codes_or_none, moment

CLOCK = "%H:%M"
KINDS = ("everything", "negotiation", "phase", "condition", "dispute", "view", "gone")
ITEMS = ("phase", "condition", "dispute")


class AboutDocument(serializers.Serializer[Any]):
    """What a subscription is about, as its owner may see it now."""

    kind = serializers.ChoiceField(choices=KINDS, help_text="`gone`: something you may no longer see.")
    negotiation = serializers.CharField(allow_null=True, help_text="Slug.")
    id = serializers.UUIDField(allow_null=True, help_text="Of the phase, condition, dispute or view.")
    name = serializers.CharField()


class SubscriptionUrls(serializers.Serializer[Any]):
    """Where to go on from a subscription."""

    self = serializers.URLField()
    pause = serializers.URLField()
    resume = serializers.URLField()
    end = serializers.URLField()


class SubscriptionDocument(serializers.Serializer[Any]):
    """What you want to be told of, how and when."""

    id = serializers.UUIDField()
    about = AboutDocument()
    sentence = serializers.CharField(help_text="The same in words.")
    verbs = serializers.ListField(child=serializers.CharField(), help_text="Empty: all of them.")
    least_urgency = code(Urgency)
    channel = code(AlertChannel)
    webhook = serializers.UUIDField(allow_null=True)
    rhythm = code(Rhythm)
    local_time = serializers.CharField(help_text="HH:MM.")
    weekday = serializers.IntegerField(help_text="Of a weekly digest: 0 is Monday.")
    time_zone = serializers.CharField()
    quiet_from = serializers.CharField(allow_null=True, help_text="HH:MM.")
    quiet_until = serializers.CharField(allow_null=True, help_text="HH:MM.")
    breaks_quiet = codes_or_none(Urgency, help_text="What is told in quiet hours all the same; null: nothing.")
    tells_nothing = serializers.BooleanField(help_text="Whether “nothing changed” is told as well.")
    created_at = moment(nullable=False)
    paused_at = moment()
    ended_at = moment()
    next_due_at = moment("When the next digest is due; null at once, while it rests and once it is ended.")
    urls = SubscriptionUrls()


class SubscriptionPage(serializers.Serializer[Any]):
    """One page of your subscriptions; `next` is the address of the following one."""

    results = SubscriptionDocument(many=True)
    next = serializers.URLField(allow_null=True)


class DeliveryDocument(serializers.Serializer[Any]):
    """One digest or alert that was due to you, and what became of it."""

    id = serializers.UUIDField()
    subscription = serializers.UUIDField()
    about = AboutDocument()
    channel = code(AlertChannel)
    state = code(DeliveryState)
    state_label = serializers.CharField()
    due_at = moment(nullable=False)
    covers_from = moment("What was recorded from here …", nullable=False)
    covers_until = moment("… to here.", nullable=False)
    attempts = serializers.IntegerField()
    settled_at = moment()
    message_id = serializers.CharField(allow_blank=True)
    address = serializers.CharField(allow_blank=True)
    marking = codes_or_none(Marking, help_text="What it bore; null where nothing was sent.")
    trouble = serializers.CharField(allow_blank=True, help_text="Why it failed or was withheld.")
    read_at = moment("In the inbox: when it was marked as read.")


class DeliveryPage(serializers.Serializer[Any]):
    """One page of your deliveries, newest first; `next` is the address of the following one."""

    results = DeliveryDocument(many=True)
    next = serializers.URLField(allow_null=True)


class Wishes(Body):
    """How much, how and when. What is left out stays, or is as usual on a new one."""

    verbs = serializers.ListField(
        child=serializers.ChoiceField(choices=sorted(VERBS)), required=False, max_length=len(VERBS)
    )
    least_urgency = code(Urgency, required=False)
    channel = code(AlertChannel, required=False)
    rhythm = code(Rhythm, required=False)
    local_time = serializers.TimeField(required=False, input_formats=[CLOCK, "%H:%M:%S"])
    weekday = serializers.IntegerField(min_value=0, max_value=6, required=False)
    time_zone = serializers.CharField(max_length=64, required=False, validators=[check_zone])
    quiet_from = serializers.TimeField(required=False, allow_null=True, input_formats=[CLOCK, "%H:%M:%S"])
    quiet_until = serializers.TimeField(required=False, allow_null=True, input_formats=[CLOCK, "%H:%M:%S"])
    breaks_quiet = codes_or_none(Urgency, required=False)
    tells_nothing = serializers.BooleanField(required=False)

    @property
    def wishes(self) -> dict[str, Any]:
        """The columns as the verbs take them."""
        found = {name: value for name, value in self.validated_data.items() if name in Wishes._declared_fields}
        if "breaks_quiet" in found:
            found["breaks_quiet"] = found["breaks_quiet"] or ""
        return found


class SubscriptionWrite(Wishes):
    """A new subscription: about everything, unless it names a negotiation, an item of it, or a saved view."""

    negotiation = serializers.SlugField(max_length=80, required=False, help_text="Slug.")
    item_kind = serializers.ChoiceField(choices=ITEMS, required=False)
    item = serializers.UUIDField(required=False, help_text="Id of the phase, condition or dispute.")
    view = serializers.UUIDField(required=False, help_text="Id of one of your saved views.")
    webhook = serializers.UUIDField(required=False, help_text="Id of one of your webhooks, which is then told.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("item" in attrs) != ("item_kind" in attrs):
            raise serializers.ValidationError({"item": _("Name an item by its kind and its id.")})
        if "item" in attrs and "negotiation" not in attrs:
            raise serializers.ValidationError({"negotiation": _("Say in which negotiation the item is.")})
        if "view" in attrs and ("negotiation" in attrs or "item" in attrs):
            raise serializers.ValidationError({"view": _("Name a view alone: it knows its negotiation.")})
        if (attrs.get("channel") == AlertChannel.WEBHOOK) != ("webhook" in attrs):
            raise serializers.ValidationError({"webhook": _("Name a webhook together with the channel “webhook”.")})
        return attrs
