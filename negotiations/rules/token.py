"""How a token looks, and the digest it is known by: the secret itself is kept nowhere."""

from __future__ import annotations

import hashlib
import re
from datetime import timedelta

PREFIX = "ctt_"
# Enough of the secret for its owner to tell two tokens apart, and 208 bits short of guessing it.
RECOGNISED = 8
SECRET = re.compile(r"ctt_[A-Za-z0-9_-]{43}")
DAYS, DAYS_MAX = 90, 365
LIFETIME_MAX = timedelta(days=DAYS_MAX)
LIVING_MAX = 50


def is_secret(text: str) -> bool:
    """Whether the text looks like a token of this tracker; spares a look-up for what cannot be one."""
    return SECRET.fullmatch(text) is not None


def digest_of(secret: str) -> str:
    """SHA-256 without salt or stretching: 256 random bits leave nothing to guess, and it can be looked up."""
    return hashlib.sha256(secret.encode()).hexdigest()


def beginning_of(secret: str) -> str:
    """The part that lists may show."""
    return secret[: len(PREFIX) + RECOGNISED]
