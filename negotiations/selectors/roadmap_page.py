"""The roadmap page: every phase with its moments, its earliest start by the text, and what blocks it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from negotiations.models import Condition, Phase
from negotiations.rules.anchors import Event, Happening, Term, terms_of, what_happened
from negotiations.rules.deadlines import earliest_start

from .blocking import blockings
from .blocking_lines import Blocking
from .reckoning import Reckoning
from .roadmap import PhaseLine, phase_lines


@dataclass(frozen=True, slots=True)
class Earliest:
    """The earliest start the offsets of the text allow; `after` says what it still hangs on, `after_code` as a code."""

    at: datetime
    after: str
    after_code: str


@dataclass(frozen=True, slots=True)
class Step:
    """A phase with everything the page says of it."""

    line: PhaseLine
    earliest: Earliest | None
    blocking: Blocking


def roadmap_steps(reckoning: Reckoning) -> list[Step]:
    """Every phase in the order of its number, in a number of queries that does not grow with them."""
    lines = phase_lines(reckoning)
    ready = [reckoning.readiness(line.pk) for line in lines]
    terms, happened = _schedule(reckoning)
    return [
        Step(line, _earliest(reckoning, line, terms, happened), blocking)
        for line, blocking in zip(lines, blockings(reckoning, ready), strict=True)
    ]


def _schedule(reckoning: Reckoning) -> tuple[dict[Happening, Term], dict[Happening, datetime]]:
    scene = reckoning.scene
    in_force = scene.negotiation.entry_into_force_at
    conditions, phases = reckoning.conditions.values(), reckoning.phases.values()
    terms = terms_of(conditions, phases, reckoning.links, entry_into_force_at=in_force, at=scene.at)
    return terms, what_happened(conditions, phases, entry_into_force_at=in_force, at=scene.at)


def _earliest(
    reckoning: Reckoning, line: PhaseLine, terms: dict[Happening, Term], happened: dict[Happening, datetime]
) -> Earliest | None:
    scene = reckoning.scene
    zone = ZoneInfo(scene.negotiation.time_zone)
    found = earliest_start(reckoning.phases[line.pk], terms, happened, at=scene.at, zone=zone)
    if found is None:
        return None
    words = _after(reckoning, found.after)
    return Earliest(found.at, words, _after_code(reckoning, found.after) if words else "")


def _after(reckoning: Reckoning, after: Happening | None) -> str:
    """What the moment hangs on, in words; empty where it is firm or not for this reader."""
    scene = reckoning.scene
    if after is None:
        return ""
    if after.event is Event.IN_FORCE:
        return _("entry into force")
    if after.event is Event.MET and after.key in reckoning.conditions:
        return _("%(ref)s met") % {"ref": scene.by_id(Condition)[after.key].ref}
    phase = scene.by_id(Phase).get(after.key)
    if phase is None:
        return ""
    words = _("end of phase %(number)s") if after.event is Event.END else _("start of phase %(number)s")
    return words % {"number": phase.number}


def _after_code(reckoning: Reckoning, after: Happening | None) -> str:
    """The same as a code: the event, and the ref or the number of what it is one of ("met C2", "end 1")."""
    if after is None or after.event is Event.IN_FORCE:
        return after.event.value if after else ""
    if after.event is Event.MET:
        return f"{after.event.value} {reckoning.scene.by_id(Condition)[after.key].ref}"
    return f"{after.event.value} {reckoning.scene.by_id(Phase)[after.key].number}"
