"""Verbs on actors, in the registry that all negotiations share."""

from __future__ import annotations

from typing import Any

from negotiations.models import Actor

from .act import Act
from .record import add, amend


def register_actor(*, act: Act, kind: str, name: str, short: str, **fields: Any) -> Actor:
    """Register somebody who acts or speaks in negotiations, once for all of them."""
    return add(Actor(kind=kind, name=name, short=short, **fields), "actor.registered", act=act)


def edit_actor(actor: Actor, *, act: Act, version: int, **fields: Any) -> Actor:
    return amend(actor, "actor.edited", act=act, version=version, **fields)
