"""Verbs on the seats of actors: parties and third parties."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.translation import gettext as _
from rest_framework import serializers

from negotiations.models import Actor, Negotiation, Party, ThirdParty, Tracked
from negotiations.services.party import edit_party, edit_third_party, seat_party, seat_third_party
from negotiations.services.seating import actor_for

from .body import Body, Edit, NewItem
from .fields import Related, words
from .verb import Call, Verb


class ActorWrite(Body, serializers.ModelSerializer[Any]):
    """An actor for the registry that all negotiations share; one of the same name is taken from it."""

    aliases = words(160)

    class Meta:
        model = Actor
        fields = ("kind", "name", "name_ar", "short", "aliases", "country_code")
        validators: tuple[Any, ...] = ()
        extra_kwargs: ClassVar[dict[str, Any]] = {"name": {"validators": []}}


class NewSeat(NewItem):
    """A seat for an actor you may see, or for one that is registered with it."""

    actor = Related(Actor, required=False)
    new_actor = ActorWrite(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("actor" in attrs) == ("new_actor" in attrs):
            raise serializers.ValidationError({"actor": _("Name an actor, or describe a new one.")})
        return attrs


class PartyWrite(Edit):
    """A party's seat."""

    class Meta:
        model = Party
        fields = ("represented_by",)


class PartyNew(NewSeat):
    """A seat for one of the sides."""

    class Meta:
        model = Party
        fields = ("actor", "new_actor", "represented_by")


class MediatorWrite(Edit):
    """A third party's seat."""

    class Meta:
        model = ThirdParty
        fields = ("represented_by",)


class MediatorNew(NewSeat):
    """A third party in one role; an actor may hold several, each with a seat."""

    class Meta:
        model = ThirdParty
        fields = ("actor", "new_actor", "role", "represented_by")


def seat(call: Call, kind: type[Party | ThirdParty]) -> Tracked:
    """Seat the actor that was named, or the one that was described."""
    values = dict(call.values)
    described = values.pop("new_actor", None)
    if described is not None:
        values["actor"] = actor_for(act=call.act, **described)
    seated = seat_party if kind is Party else seat_third_party
    return seated(act=call.act, negotiation=call.negotiation, **values)


VERBS = (
    Verb(
        name="party.seated",
        on=Negotiation,
        makes=Party,
        body=PartyNew,
        run=lambda call: seat(call, Party),
        summary="Seat one of the sides",
        example={"new_actor": {"kind": "state", "name": "Northern Shore", "short": "N"}, "reason": "It signed."},
    ),
    Verb(
        name="party.edited",
        on=Party,
        body=PartyWrite,
        run=lambda call: edit_party(call.item, **call.amended),
        summary="Edit a party's seat",
        example={"represented_by": "The minister of defence", "reason": "The delegation changed."},
    ),
    Verb(
        name="thirdparty.seated",
        on=Negotiation,
        makes=ThirdParty,
        body=MediatorNew,
        run=lambda call: seat(call, ThirdParty),
        summary="Seat a third party in one role",
        example={
            "new_actor": {"kind": "monitoring_mission", "name": "River Monitors", "short": "RM"},
            "role": "monitor",
            "reason": "Named in the text.",
        },
    ),
    Verb(
        name="thirdparty.edited",
        on=ThirdParty,
        body=MediatorWrite,
        run=lambda call: edit_third_party(call.item, **call.amended),
        summary="Edit a third party's seat",
        example={"represented_by": "The envoy", "reason": "The delegation changed."},
    ),
)
