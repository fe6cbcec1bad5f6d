"""Whether a request comes from this very machine, with nothing in between that could hide another."""

from __future__ import annotations

from django.http import HttpRequest

PEERS = frozenset({"127.0.0.1", "::1"})
HOSTS = frozenset({"localhost", "127.0.0.1"})
FORWARDED = ("HTTP_FORWARDED", "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST", "HTTP_X_REAL_IP", "HTTP_VIA")


def is_at_this_machine(request: HttpRequest) -> bool:
    """A loopback peer that names a loopback host, through no proxy."""
    if request.META.get("REMOTE_ADDR") not in PEERS:
        return False
    if any(name.startswith("HTTP_X_FORWARDED") or name in FORWARDED for name in request.META):
        return False
    return request.get_host().rsplit(":", 1)[0] in HOSTS
