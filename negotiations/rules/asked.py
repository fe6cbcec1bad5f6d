"""What the address of a page asks: what it looks for, and where in that the reader is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import parse_qsl, urlencode

# What says of which moment, and as known when.
CLOCKS = ("as_of", "known_at")
# Where in a list one is, and what was opened on the page: of no use in another list or at another moment.
FLEETING = frozenset({"page", "after", "format", "chart", "month", "entry", "draft"})


def lasting(pairs: Iterable[tuple[str, str]], *but: str) -> Iterator[tuple[str, str]]:
    """The pairs of name and value that narrow a page; `but` are names that are asked anew."""
    return ((name, value) for name, value in pairs if value and name not in FLEETING and name not in but)


def lasting_query(query: str, *but: str) -> str:
    """The same of an address as it was sent; what is longer than an address may be is cut off."""
    return urlencode(list(lasting(parse_qsl(query.replace("\x00", "").lstrip("?")), *but)))[:1000]
