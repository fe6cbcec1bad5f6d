"""Tokens as documents, and what a person sends to make one."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from negotiations.rules.codes import TokenScope
from negotiations.rules.legible import legible
from negotiations.rules.token import DAYS, DAYS_MAX

from .fields import code, moment


class TokenUrls(serializers.Serializer[Any]):
    """Where the token is revoked."""

    self = serializers.URLField()


class TokenLine(serializers.Serializer[Any]):
    """A token without its secret."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    scope = code(TokenScope)
    scope_label = serializers.CharField()
    prefix = serializers.CharField(help_text="The part of the secret to recognise it by.")
    is_living = serializers.BooleanField(help_text="Neither expired nor revoked.")
    created_at = moment(nullable=False)
    expires_at = moment(nullable=False)
    last_used_on = serializers.DateField(allow_null=True, help_text="A day; kept no finer.")
    revoked_at = moment()
    urls = TokenUrls()


class TokenList(serializers.Serializer[Any]):
    """Every token you ever made, newest first."""

    results = TokenLine(many=True)


class TokenMade(TokenLine):
    """A new token; its secret is told here once and kept nowhere."""

    secret = serializers.CharField()


class TokenWrite(serializers.Serializer[Any]):
    """What a program's token is called, what it may do, and for how long."""

    name = serializers.CharField(max_length=120)
    scope = code(TokenScope, required=False, default=TokenScope.READ.value)
    days = serializers.IntegerField(min_value=1, max_value=DAYS_MAX, required=False, default=DAYS)

    def validate_name(self, name: str) -> str:
        if not (seen := legible(name)):
            raise serializers.ValidationError(_("Say what it is for."), code="blank")
        return seen

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        sent: dict[str, Any] = self.initial_data
        if unknown := sorted(set(sent) - set(self.fields)):
            raise serializers.ValidationError({name: _("There is no such field.") for name in unknown})
        return attrs
