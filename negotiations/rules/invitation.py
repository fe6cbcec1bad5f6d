"""How long an invitation stands, and the digest its link is known by: the link itself is kept nowhere."""

from __future__ import annotations

import hashlib
import re
from datetime import timedelta

STANDS_FOR = timedelta(days=7)
SECRET = re.compile(r"[A-Za-z0-9_-]{43}")


def digest_of(secret: str) -> str:
    """SHA-256 without salt or stretching: 256 random bits leave nothing to guess."""
    return hashlib.sha256(secret.encode()).hexdigest()
