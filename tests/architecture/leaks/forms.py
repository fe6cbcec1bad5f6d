"""Where a step is taken: the page of its form."""

from __future__ import annotations

from typing import Any

from negotiations.api.resources import RESOURCES
from negotiations.models import Note

from .addresses import filling_of
from .world import World


def pages_of(world: World, step: Any) -> list[str]:
    """The pages of a step, on something that everybody sees."""
    if step.on is None:
        name = "" if step.name == "new" else f"{step.name}/"
        about = "?about=dispute:" + str(world.small.dispute.public_id) if step.noun == "note" else ""
        return [f"/n/two-shores/write/{step.noun}/{name}{about}"]
    noun = step.noun if step.noun != "marking" else "claim"
    if noun not in RESOURCES:
        return []
    if noun == "note":
        # For members at the widest.
        seen = tuple(str(one.public_id) for one in Note.objects.filter(negotiation=world.small.negotiation)[:1])
        return [f"/n/two-shores/write/{noun}/{key}/{step.name}/" for key in seen]
    seen = filling_of(world, f"{RESOURCES[noun].plural}/<uuid:public_id>").seen
    return [f"/n/two-shores/write/{noun}/{key}/{step.name}/" for key in seen]
