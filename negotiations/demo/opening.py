"""The first acts of a negotiation: open it, seat the cast, publish it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from negotiations.services.act import Act
from negotiations.services.negotiation import open_negotiation, publish_negotiation

from .cast import seat_cast
from .desk import Desk


def open_desk(fields: Mapping[str, Any], shared: Mapping[str, Mapping[str, Any]]) -> Desk:
    """Open the negotiation as of the start of its coverage; told from public reporting, it is public."""
    start = fields["coverage_start"]
    act = Act(
        actor=shared["person"]["lead"],
        reason="Opened for the demonstration.",
        no_source_reason="What the process is told from is cited at each of its parts.",
        effective_at=start,
        recorded_at=start,
    )
    negotiation = publish_negotiation(open_negotiation(act=act, **fields), act=act, version=None)
    seat_cast(negotiation, dict(shared["person"]), dict(shared["organisation"]))
    return Desk(negotiation, shared)
