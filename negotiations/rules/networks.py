"""Which addresses on the network the tracker may be sent to by somebody who only named a host."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Network = IPv4Network | IPv6Network
Address = IPv4Address | IPv6Address
# Ranges that lead inside by another way than being private: addresses that carry an IPv4 address in
# them (mapped, compatible, NAT64, 6to4, Teredo, ISATAP has no range), and the shared space of carriers.
CARRIERS = tuple(
    map(
        ip_network,
        (
            "100.64.0.0/10",
            "192.0.0.0/24",
            "192.88.99.0/24",
            "::/96",
            "::ffff:0:0/96",
            "::ffff:0:0:0/96",
            "64:ff9b::/96",
            "64:ff9b:1::/48",
            "2001::/23",
            "2002::/16",
            "fec0::/10",
        ),
    )
)


def networks(texts: Iterable[str]) -> tuple[Network, ...]:
    """The networks that an operator named. Raises ValueError for what is none."""
    return tuple(ip_network(text.strip()) for text in texts if text.strip())


def is_allowed(text: str, *, allowed: Iterable[Network] = ()) -> bool:
    """Whether a connection to this address may be made: it is public, or the operator allows its network.

    Private, loopback, link-local, shared, multicast, reserved and unspecified addresses are not public,
    nor are IPv6 addresses with an IPv4 address inside; what is no address is not allowed.
    """
    try:
        address = ip_address(text)
    except ValueError:
        return False
    if any(address in network for network in allowed):
        return True
    if any(address in network for network in CARRIERS):
        return False
    # A zone names an interface of this machine.
    has_zone = isinstance(address, IPv6Address) and address.scope_id is not None
    return address.is_global and not (address.is_multicast or address.is_reserved or has_zone)
