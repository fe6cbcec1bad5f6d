"""Short ways to ask the demonstration."""

from __future__ import annotations

from datetime import UTC, datetime

from negotiations.models import Actor, Condition, Negotiation
from negotiations.rules.marking import ANYBODY
from negotiations.selectors.reckoning import ConditionLine, lines_in_order, reckon
from negotiations.selectors.scene import Moment, scene_of

EIGHTH_OF_DECEMBER = datetime(2025, 12, 8, 21, 59, tzinfo=UTC)


def actor_id(name: str) -> str:
    """How told values name an actor."""
    return str(Actor.objects.get(name=name).public_id)


def condition_id(negotiation: Negotiation, title: str) -> str:
    return str(Condition.objects.get(negotiation=negotiation, title__startswith=title).public_id)


def public_lines(negotiation: Negotiation, at: datetime) -> dict[str, ConditionLine]:
    """The conditions as anybody reads them at the moment, by title."""
    scene = scene_of(negotiation, viewer=ANYBODY, moment=Moment(at=at, as_of=at))
    return {line.title.here: line for line in lines_in_order(reckon(scene))}
