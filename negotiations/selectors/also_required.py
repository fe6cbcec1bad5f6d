"""What named actors require of a phase beside the text: one sentence for all who require the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from negotiations.rules.gates import GateStanding
from negotiations.rules.names import in_sentence, listed

from .blocking_lines import GateLine, GateReading


@dataclass(frozen=True, slots=True)
class AlsoRequired:
    """The reading of everybody who asserts the same gates, their names A to Z."""

    actors: str
    sentence: str
    reading: GateReading

    @property
    def open_gates(self) -> tuple[GateLine, ...]:
        return open_gates(self.reading)


def also_required(readings: Iterable[GateReading]) -> list[AlsoRequired]:
    """Readings of actors with the same gates together, in the order of their first."""
    found: dict[tuple[str, ...], list[GateReading]] = {}
    for one in readings:
        found.setdefault(tuple(sorted(gate.condition.ref for gate in one.gates)), []).append(one)
    return [_told(same) for same in found.values()]


def open_gates(reading: GateReading) -> tuple[GateLine, ...]:
    return tuple(gate for gate in reading.gates if gate.standing == GateStanding.OPEN)


def _told(same: list[GateReading]) -> AlsoRequired:
    actors = listed(sorted(in_sentence(one.by.name.here) for one in same if one.by))
    return AlsoRequired(actors, _sentence(same[0], actors), same[0])


def _sentence(reading: GateReading, actors: str) -> str:
    values = {"actors": actors, "open": reading.open, "total": reading.total}
    if not reading.open:
        return _("Also required according to %(actors)s: all met") % values
    return _("Also required according to %(actors)s: %(open)s of %(total)s unmet") % values
