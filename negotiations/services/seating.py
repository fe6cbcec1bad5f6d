"""The actor behind a new seat: the one the registry has under that name, or a new one."""

from __future__ import annotations

from typing import Any

from negotiations.models import Actor

from .act import Act
from .actor import register_actor


def actor_for(*, act: Act, kind: str, name: str, short: str, **fields: Any) -> Actor:
    """The actor of this name, registered now if there is none.

    One that only negotiations the caller cannot see know of is taken all the same and nothing is
    said of it: a refusal would tell that it is there.
    """
    found = Actor.objects.filter(name=name).first()
    return found or register_actor(act=act, kind=kind, name=name, short=short, **fields)
