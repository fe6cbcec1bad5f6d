"""The name under which one run of a worker claims rows."""

from __future__ import annotations

import os
import secrets
import socket


def worker_name() -> str:
    """A name that no other run has, so that nobody settles what another has taken over; at most 64 characters."""
    return f"{socket.gethostname()[:32]}:{os.getpid()}:{secrets.token_hex(4)}"
