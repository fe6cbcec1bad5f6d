"""What a phase waits for: the chain behind every unmet entry condition, circles told as what they are."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from .facts import Key
from .gates import GateStanding, Readiness, Reading
from .graph import components, layers, longest_chain, reachable
from .holds import Hold, HoldKind, Web


@dataclass(frozen=True, slots=True)
class Blocked:
    """An unmet condition in a chain: what holds it directly, its layer in a drawing, its circle if it is on one.

    Without holds it waits for nobody: it is for its obligor to fulfil.
    """

    condition: Key
    holds: tuple[Hold, ...]
    layer: int = 0
    group: int | None = None

    @property
    def is_blocked(self) -> bool:
        """The computed flag: something holds it that it cannot get ahead of by itself."""
        return any(hold.is_binding for hold in self.holds)


@dataclass(frozen=True, slots=True)
class MutualPrecondition:
    """Conditions that wait for one another, so that none can go first; `parties` would have to move together.

    `holds` are the ties that make the circle, by the condition that waits. Parties come in no meaningful
    order; pages list them by English name.
    """

    conditions: tuple[Key, ...]
    parties: tuple[Key, ...]
    holds: tuple[tuple[Key, Hold], ...]


@dataclass(frozen=True, slots=True)
class Blockers:
    """Everything that some conditions wait for, in reading order.

    `roots` are the open conditions asked about; `conditions` all that are open and waited for,
    `roots` among them; `disputes` those that hold any of them; `longest_chain` runs from a root to
    what waits for nothing, a circle being one step.
    """

    roots: tuple[Key, ...]
    conditions: tuple[Blocked, ...] = ()
    groups: tuple[MutualPrecondition, ...] = ()
    disputes: tuple[Key, ...] = ()
    longest_chain: tuple[tuple[Key, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Unlocks:
    """What follows if some conditions become met: conditions with no other hold, phases with no other open gate.

    `waiting` is everything that waits for them in the end, other holds or not.
    """

    conditions: tuple[Key, ...] = ()
    phases: tuple[Key, ...] = ()
    waiting: tuple[Key, ...] = ()


def blockers(web: Web, roots: Iterable[Key]) -> Blockers:
    """Return what `roots` wait for; conditions that are settled or unknown to the reader wait for nothing."""
    asked = tuple(sorted({root for root in roots if root in web.holds}, key=web.rank.__getitem__))
    part = {key: web.graph[key] for key in sorted(reachable(web.graph, asked), key=web.rank.__getitem__)}
    found = components(part)
    layer = layers(part, found)
    circles = sorted((_sorted(web, group) for group in found if len(group) > 1), key=lambda c: web.rank[c[0]])
    circle_of = {key: place for place, circle in enumerate(circles) for key in circle}
    chains = tuple(_sorted(web, step) for step in longest_chain(part, found, web.rank))
    return Blockers(
        roots=asked,
        conditions=tuple(Blocked(key, web.holds[key], layer[key], circle_of.get(key)) for key in part),
        groups=tuple(_mutual(web, circle) for circle in circles),
        disputes=_sorted(web, {hold.on for key in part for hold in web.holds[key] if hold.kind is HoldKind.DISPUTE}),
        longest_chain=chains,
    )


def phase_blockers(web: Web, reading: Reading) -> Blockers:
    """Return what blocks a phase by one reading of its gates: that of the text, or an actor's own."""
    return blockers(web, (gate.condition for gate in reading.gates if gate.standing is GateStanding.OPEN))


def is_blocked(web: Web, condition: Key) -> bool:
    """Return whether an unmet requirement or an open dispute holds the condition; a settled one is not held."""
    return any(hold.is_binding for hold in web.holds.get(condition, ()))


def unlocks(web: Web, keys: Collection[Key], phases: Iterable[Readiness] = ()) -> Unlocks:
    """Return what follows if all of `keys` become met: one condition, or a circle moving together.

    What the text accepts in their place need not be met any more either. Phases count by the gates of
    the text. Only the first step is told as freed: what is freed must
    still be fulfilled before it frees others.
    """
    instead = {other for key in keys for other in web.alternatives.get(key, ())}
    met = (frozenset(keys) | instead) & web.holds.keys()
    near = {key for one in met for key in web.waited_by[one]} - met
    freed = {key for key in near if all(hold.is_on_condition and hold.on in met for hold in web.holds[key])}
    opened = []
    for phase in phases:
        open_ = {gate.condition for gate in phase.text.gates if gate.standing is GateStanding.OPEN}
        if open_ and open_ <= met:
            opened.append(phase.phase)
    waiting = reachable(web.waited_by, met).keys() - met
    return Unlocks(_sorted(web, freed), tuple(opened), _sorted(web, waiting))


def _mutual(web: Web, circle: tuple[Key, ...]) -> MutualPrecondition:
    members = frozenset(circle)
    parties = {party for key in circle for party in web.conditions[key].obligors}
    ties = tuple(
        (key, hold) for key in circle for hold in web.holds[key] if hold.is_on_condition and hold.on in members
    )
    return MutualPrecondition(circle, tuple(sorted(parties, key=str)), ties)


def _sorted(web: Web, keys: Iterable[Key]) -> tuple[Key, ...]:
    return tuple(sorted(keys, key=web.rank.__getitem__))
