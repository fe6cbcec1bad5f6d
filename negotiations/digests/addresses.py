"""Addresses in mail: links into the site, and the signed ones that end a subscription without signing in."""

from __future__ import annotations

from functools import lru_cache
from uuid import UUID

from django.conf import settings
from django.core import signing

from negotiations.models import Subscription

# Without a time in it: a link in an old mail still ends what it came with.
SIGNER = signing.Signer(salt="unsubscribe", sep=".")


def site_url(path: str) -> str:
    """The absolute address of a path of the site, which begins with a slash."""
    return f"{settings.SITE_URL}{path}"


def unsubscribe_url(subscription: Subscription) -> str:
    """Where a mail program posts to end the subscription (RFC 8058); getting it changes nothing."""
    return site_url(f"/unsubscribe/{unsubscribe_token(subscription)}/")


def unsubscribe_page_url(subscription: Subscription) -> str:
    """The page with the button that ends the subscription, in its owner's language."""
    prefix = "" if subscription.user.language == settings.LANGUAGE_CODE else f"/{subscription.user.language}"
    return site_url(f"{prefix}/unsubscribe/{unsubscribe_token(subscription)}/")


def unsubscribe_token(subscription: Subscription) -> str:
    """The subscription's public id under a signature of the site."""
    return _signed(subscription.public_id.hex, SIGNER.key)


@lru_cache(maxsize=64)
def _signed(words: str, _key: str | bytes) -> str:
    """A mail names it twice: in its head and at its foot."""
    return SIGNER.sign(words)


def subscription_of(token: str) -> Subscription | None:
    """The subscription a token speaks of, ended or not; None for a token that the site did not sign."""
    try:
        key = UUID(SIGNER.unsign(token))
    except (signing.BadSignature, ValueError):
        return None
    return Subscription.objects.select_related("user", "negotiation").filter(public_id=key).first()
