"""Which entries speak of the process itself, and so of how far it has been followed."""

from __future__ import annotations

# A seat given or taken and a document filed or graded say nothing of the world.
OUTSIDE_COVERAGE = ("membership.", "source.")


def is_covering(verb: str) -> bool:
    """Whether an entry of this verb shows that the negotiation was followed up to its moment."""
    return not verb.startswith(OUTSIDE_COVERAGE)
