"""Seats as documents."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from negotiations.rules.codes import Marking, Role

from .fields import code, moment
from .naming import PersonName


class OrganisationName(serializers.Serializer[Any]):
    """The body a person works for."""

    id = serializers.UUIDField()
    name = serializers.CharField()


class MembershipUrls(serializers.Serializer[Any]):
    """Where to go on from a seat."""

    self = serializers.URLField()


class MembershipDocument(serializers.Serializer[Any]):
    """A person's seat in one negotiation: a role, an organisation, and the highest marking they may see."""

    id = serializers.UUIDField()
    person = PersonName()
    organisation = OrganisationName()
    role = code(Role)
    clearance = code(Marking)
    ended_at = moment("Since when the seat is no longer held.")
    version = serializers.IntegerField()
    urls = MembershipUrls()


class MembershipList(serializers.Serializer[Any]):
    """Every seat, also those no longer held, by user name."""

    results = MembershipDocument(many=True)
