"""Verbs on the seats of people: the lead's."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from negotiations.models import Membership, Negotiation, Organisation, Tracked, User
from negotiations.rules.codes import Marking, Role
from negotiations.services.membership import change_membership, end_membership, grant_membership
from negotiations.services.opening import organisation_for

from ..serializers.fields import code
from .body import Told
from .fields import Related
from .negotiation import OrganisationWrite
from .verb import Call, Verb


class MembershipNew(Told):
    """A seat for somebody you work with elsewhere already; invite anybody else by mail."""

    user = Related(User, anywhere=True, help_text="Id or user name of somebody in a negotiation of yours.")
    organisation = Related(Organisation, required=False)
    new_organisation = OrganisationWrite(required=False)
    role = code(Role)
    clearance = code(Marking, required=False, default=Marking.AMBER)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("organisation" in attrs) == ("new_organisation" in attrs):
            raise serializers.ValidationError({"organisation": _("Name an organisation, or describe a new one.")})
        return attrs


class MembershipWrite(Told):
    """What the seat allows; what is left out stays."""

    role = code(Role, required=False)
    clearance = code(Marking, required=False)


def grant(call: Call) -> Tracked:
    values = dict(call.values)
    if described := values.pop("new_organisation", None):
        values["organisation"] = organisation_for(act=call.act, **described)
    return grant_membership(act=call.act, negotiation=call.negotiation, **values)


def change(call: Call) -> Tracked:
    now = {"role": call.item.role, "clearance": call.item.clearance}
    return change_membership(call.item, act=call.act, version=call.version, **now | call.values)


VERBS = (
    Verb(
        name="membership.granted",
        on=Negotiation,
        makes=Membership,
        body=MembershipNew,
        run=grant,
        summary="Give somebody a seat",
        example={
            "user": "analyst",
            "organisation": "Observatory",
            "role": "analyst",
            "clearance": "AMBER",
            "reason": "Keeps the releases current.",
        },
    ),
    Verb(
        name="membership.changed",
        on=Membership,
        body=MembershipWrite,
        run=change,
        summary="Change what a seat allows",
        example={"clearance": "GREEN", "reason": "Moved to the newsroom."},
    ),
    Verb(
        name="membership.ended",
        on=Membership,
        path="end",
        body=Told,
        run=lambda call: end_membership(call.item, **call.amended),
        summary="Take a seat away from now on",
        description="What the person did stays under their name.",
        example={"reason": "Left the office."},
    ),
)
