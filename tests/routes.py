"""Every route of the resolver, for the walks that leave none out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver


def routes(patterns: Iterable[Any] | None = None, before: str = "") -> Iterator[str]:
    """Every route, as it is written, without the prefix of a language."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, before + str(pattern.pattern))
        elif isinstance(pattern, URLPattern):
            yield before + str(pattern.pattern)
