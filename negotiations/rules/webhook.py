"""What a webhook's address and secret look like, how many one person may have, and how long things last."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterable
from datetime import datetime, timedelta
from ipaddress import ip_address
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from .errors import RuleError
from .networks import Network, is_allowed

PREFIX = "whsec_"
SECRET_BYTES = 32
LIVING_MAX = 20
URL_MAX, NAME_MAX = 500, 120
REPLAY_MAX = 500
# Both secrets sign for so long after a change.
OVERLAP = timedelta(hours=24)
# A receiver that fails for so long is told of to its owner, and again so long afterwards.
TELL_AFTER, TELL_AGAIN = timedelta(hours=1), timedelta(hours=24)


class AddressRefused(RuleError):
    """Not an address that something may be sent to."""

    code = "webhook_address"


def check_url(url: str, *, may_be_plain: bool, allowed: Iterable[Network] = ()) -> None:
    """Refuse an address that nothing may be sent to. Where a name leads is asked each time it is connected to."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise _refused(_("This is not an address.")) from None
    if parts.scheme != "https" and not (may_be_plain and parts.scheme == "http"):
        raise _refused(_("The address begins with https://."))
    is_odd = not (url.isascii() and url.isprintable()) or " " in url or "\\" in url
    if not parts.hostname or port == 0 or len(url) > URL_MAX or is_odd:
        raise _refused(_("This is not an address."))
    if parts.username is not None or parts.password is not None or parts.fragment:
        raise _refused(_("Leave out names, passwords and what follows a #."))
    if is_literal(parts.hostname) and not is_allowed(parts.hostname, allowed=allowed):
        raise _refused(_("This address is on a private or reserved network."))


def is_literal(host: str) -> bool:
    """Whether a host is written as an address on the network and not as a name."""
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _refused(message: str) -> AddressRefused:
    return AddressRefused(message, fields={"url": message})


def secret_of(key: bytes) -> str:
    """A key as its owner copies it."""
    return PREFIX + base64.b64encode(key).decode()


def key_of(secret: str) -> bytes:
    return base64.b64decode(secret.removeprefix(PREFIX))


def signature(secret: str, *, message_id: str, at: datetime, body: bytes) -> str:
    """The signature of Standard Webhooks, version 1: HMAC-SHA256 over id, second and body."""
    signed = b".".join([message_id.encode(), str(int(at.timestamp())).encode(), body])
    return f"v1,{base64.b64encode(hmac.digest(key_of(secret), signed, hashlib.sha256)).decode()}"
