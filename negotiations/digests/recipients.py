"""Recipients' addresses as mail servers take them, and as one address is told from another."""

from __future__ import annotations

from django.utils.encoding import punycode


def on_the_wire(address: str) -> str:
    """The address in ASCII, its domain encoded as the name service has it (IDNA).

    Raises ValueError for one that cannot be written so: no server would take it.
    """
    if address.isascii():
        return address
    local, _at, domain = address.rpartition("@")
    return f"{local.encode('ascii').decode()}@{punycode(domain)}"


def key_of(address: str) -> str:
    """By what an address is known again, however its domain and its case are written."""
    try:
        return on_the_wire(address).casefold()
    except ValueError:
        return address.casefold()
