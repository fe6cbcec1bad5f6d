"""Actors as pages name them: parties first, A-Z by their English name, then third parties."""

from __future__ import annotations

from dataclasses import dataclass

from negotiations.models import Actor, Party, ThirdParty
from negotiations.rules.codes import ThirdPartyRole

from .scene import Scene
from .words import Words, words_of


@dataclass(frozen=True, slots=True)
class Who:
    """An actor on a page: `is_party` tells the solid marker from the dashed one."""

    pk: int
    short: str
    name: Words
    is_party: bool


def who(scene: Scene, actor_id: int | None) -> Who | None:
    """The actor as this negotiation knows it; None for nobody."""
    actor = scene.actors.get(actor_id) if actor_id is not None else None
    if actor is None:
        return None
    return _who(actor, is_party=any(party.actor_id == actor.pk for party in scene.all(Party)))


def parties(scene: Scene) -> list[Who]:
    """The sides; the order carries no meaning and is the same in every language."""
    actors = [scene.actors[party.actor_id] for party in scene.all(Party)]
    return [_who(actor, is_party=True) for actor in sorted(actors, key=lambda actor: actor.name)]


def third_parties(scene: Scene) -> list[tuple[Who, tuple[str, ...]]]:
    """Every outsider once, with the words for all its roles."""
    roles: dict[int, list[str]] = {}
    for row in scene.all(ThirdParty):
        roles.setdefault(row.actor_id, []).append(ThirdPartyRole(row.role).label)
    actors = sorted((scene.actors[pk] for pk in roles), key=lambda actor: actor.name)
    return [(_who(actor, is_party=False), tuple(roles[actor.pk])) for actor in actors]


def _who(actor: Actor, *, is_party: bool) -> Who:
    return Who(actor.pk, actor.short, words_of(actor, "name"), is_party)
