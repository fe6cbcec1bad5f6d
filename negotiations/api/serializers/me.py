"""The caller as a document."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from negotiations.rules.codes import Marking, Role, TokenScope

from .condition import NegotiationName
from .fields import code, codes_or_none
from .membership import OrganisationName


class SeatLine(serializers.Serializer[Any]):
    """A seat in one negotiation."""

    negotiation = NegotiationName()
    role = code(Role)
    role_label = serializers.CharField()
    clearance = code(Marking, help_text="The narrowest marking you may read by it.")
    organisation = OrganisationName()


class MeDocument(serializers.Serializer[Any]):
    """Who you are here and what you may see."""

    is_signed_in = serializers.BooleanField()
    id = serializers.UUIDField(allow_null=True)
    username = serializers.CharField(allow_null=True)
    name = serializers.CharField(allow_null=True)
    time_zone = serializers.CharField(allow_null=True)
    scope = codes_or_none(TokenScope, help_text="Of the token you sent; null for a session.")
    seats = SeatLine(many=True)
    language = serializers.CharField()
