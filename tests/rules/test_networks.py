"""Where the tracker may be sent to: to public addresses, and where the operator allows it."""

from __future__ import annotations

import pytest

from negotiations.rules.networks import is_allowed, networks


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.215.14", "2606:4700:4700::1111", "2a00:1450:4001::200e"])
def test_it_allows_public_addresses(address: str) -> None:
    assert is_allowed(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1",
        "169.254.169.254", "100.64.0.1", "100.127.255.254", "192.0.0.8", "192.0.2.1", "198.18.0.1", "198.51.100.1",
        "203.0.113.1", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "192.88.99.1",
        "::", "::1", "fe80::1", "fe80::1%eth0", "2606:4700:4700::1111%eth0", "fc00::1", "fd12:3456::1", "fec0::1",
        "ff02::1", "2001:db8::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1", "64:ff9b::7f00:1",
        "64:ff9b:1::1", "2002:7f00:1::", "2001::1", "::ffff:0:7f00:1", "100::1",
    ],
)  # fmt: skip
def test_it_refuses_what_is_inside_reserved_or_carries_an_address(address: str) -> None:
    assert not is_allowed(address)


@pytest.mark.parametrize("text", ["", "localhost", "127.1", "0x7f.0.0.1", "2130706433", "1.2.3.4/8", "8.8.8.8 "])
def test_it_refuses_what_is_no_address(text: str) -> None:
    assert not is_allowed(text)


def test_an_operator_allows_networks_and_nothing_beside_them() -> None:
    allowed = networks(["127.0.0.0/8", " fd12::/16", ""])
    assert is_allowed("127.0.0.5", allowed=allowed)
    assert is_allowed("fd12:1::1", allowed=allowed)
    assert not is_allowed("10.0.0.1", allowed=allowed)
    assert not is_allowed("::ffff:127.0.0.5", allowed=allowed)


@pytest.mark.parametrize("text", ["127.0.0.1/8", "everything", "10.0.0.0/33"])
def test_what_is_no_network_is_refused_at_once(text: str) -> None:
    with pytest.raises(ValueError, match=r"does not appear|has host bits"):
        networks([text])
