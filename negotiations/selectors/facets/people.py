"""Actors as what a list can be narrowed by: their marker is the same in every language."""

from __future__ import annotations

from ..people import Who
from .base import Answer


def named(who: Who | None) -> Answer | None:
    """The marker in the address, the name beside it; None for nobody."""
    return (who.short.lower(), who.name.here) if who else None
