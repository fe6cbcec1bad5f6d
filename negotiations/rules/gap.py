"""How far apart the parties stand on a dispute's scale, from analysts' placements; never a number."""

from __future__ import annotations

from collections.abc import Collection

from .codes.base import Code
from .codes.base import gettext_noop as _


class Gap(Code):
    """Five words for the distance between the outermost parties on a scale of five steps."""

    SETTLED = "settled", _("Settled")
    NARROW = "narrow", _("Narrow gap")
    MODERATE = "moderate", _("Moderate gap")
    WIDE = "wide", _("Wide gap")
    OPPOSED = "opposed", _("Opposed")


class GapTrend(Code):
    """Whether the parties have come nearer since the last placement moved."""

    NARROWING = "narrowing", _("Narrowing")
    UNCHANGED = "unchanged", _("Unchanged")
    WIDENING = "widening", _("Widening")


def gap(placements: Collection[int]) -> Gap | None:
    """Return the word for the gap; None unless at least two parties are placed."""
    if len(placements) < 2:
        return None
    return tuple(Gap)[max(placements) - min(placements)]


def gap_trend(before: Gap | None, now: Gap | None) -> GapTrend | None:
    """Return how the gap moved; None where either side of the comparison is unknown."""
    if before is None or now is None:
        return None
    order = tuple(Gap)
    moved = order.index(now) - order.index(before)
    if not moved:
        return GapTrend.UNCHANGED
    return GapTrend.NARROWING if moved < 0 else GapTrend.WIDENING
