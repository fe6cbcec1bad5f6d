"""The actor behind a new seat: the one its author knows under that name, or a new one."""

from __future__ import annotations

from typing import Any

from negotiations.access.viewer import viewer_for
from negotiations.models import Actor

from .act import Act
from .actor import register_actor


def actor_for(*, act: Act, kind: str, name: str, short: str, **fields: Any) -> Actor:
    """The actor of this name that who acts may see, registered now if there is none.

    One that only negotiations hidden from them know of is left alone: taking it would tell all that
    is known of it, and refusing the name that it is there.
    """
    found = Actor.objects.visible_to(viewer_for(act.actor)).filter(name=name).order_by("pk").first()
    return found or register_actor(act=act, kind=kind, name=name, short=short, **fields)
