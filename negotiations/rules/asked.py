"""What the address of a page asks: what it looks for, and where in that the reader is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

# Where in a list one is, and what was opened on the page: of no use in another list or at another moment.
FLEETING = frozenset({"page", "after", "format", "chart", "month", "entry", "draft"})


def lasting(pairs: Iterable[tuple[str, str]], *but: str) -> Iterator[tuple[str, str]]:
    """The pairs of name and value that narrow a page; `but` are names that are asked anew."""
    return ((name, value) for name, value in pairs if value and name not in FLEETING and name not in but)
