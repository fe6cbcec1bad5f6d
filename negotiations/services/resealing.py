"""Brings what is sealed or encrypted under the present SECRET_KEY, so that one on its way out may be forgotten."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from django.db import transaction

from negotiations.models import Webhook

from .sealing import SealBroken, resealed
from .webhook import place_of

# What of a second step is kept encrypted, by its kind.
ENCRYPTED = {Authenticator.Type.TOTP: "secret", Authenticator.Type.RECOVERY_CODES: "seed"}


@dataclass(frozen=True, slots=True)
class Resealed:
    """How many rows are under the present key now, and how many open under no key that the site has."""

    done: int = 0
    shut: int = 0


def reseal_everything() -> Resealed:
    """Bring the secrets of webhooks and of second steps under the present key; safe to repeat, locks row by row."""
    kept = Webhook.objects.exclude(secret="").order_by("pk").values_list("pk", flat=True)
    found = [_reseal_webhook(key) for key in kept.iterator()]
    steps = Authenticator.objects.filter(type__in=ENCRYPTED).order_by("pk").values_list("pk", flat=True)
    found += [_reseal_second_step(key) for key in steps.iterator()]
    return Resealed(done=found.count(True), shut=found.count(False))


def _reseal_webhook(key: int) -> bool:
    """Whether its secrets open; the one before that nobody can open is of no use and goes."""
    with transaction.atomic():
        webhook = Webhook.objects.select_for_update(no_key=True).get(pk=key)
        place = place_of(webhook)
        try:
            webhook.secret = resealed(webhook.secret, place=place) if webhook.secret else ""
        except SealBroken:
            return False
        try:
            webhook.previous_secret = resealed(webhook.previous_secret, place=place) if webhook.previous_secret else ""
        except SealBroken:
            webhook.previous_secret, webhook.previous_until = "", None
        webhook.save(update_fields=["secret", "previous_secret", "previous_until"])
    return True


def _reseal_second_step(key: int) -> bool:
    adapter: Any = get_adapter()
    with transaction.atomic():
        step = Authenticator.objects.select_for_update(no_key=True).get(pk=key)
        name = ENCRYPTED[Authenticator.Type(step.type)]
        if name not in step.data:
            return True
        try:
            step.data[name] = adapter.encrypt(adapter.decrypt(step.data[name]))
        except InvalidToken:
            return False
        step.save(update_fields=["data"])
    return True
