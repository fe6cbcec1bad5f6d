"""The incidents tied to one condition, as its page lists them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from negotiations.models import Condition, Incident
from negotiations.rules.codes import IncidentStatus

from .incidents import happened
from .people import who
from .scene import Scene, also_about
from .shaken import shaken_of
from .words import Words, words_of


@dataclass(frozen=True, slots=True)
class LinkedIncident:
    """An incident tied to the condition; who alleges it is always said.

    `retracted` names sources taken back under its status.
    """

    ref: str
    title: Words
    status_label: str
    retracted: tuple[str, ...]
    alleged_by: Words
    happened_at: datetime
    marking: str


def linked_incidents(scene: Scene, row: Condition) -> list[LinkedIncident]:
    """Those that had happened by the scene's moment, newest first."""
    also_about(scene, Incident, [row])
    return [_line(scene, one) for one in happened(scene)]


def _line(scene: Scene, row: Incident) -> LinkedIncident:
    by = who(scene, row.alleged_by_id)
    return LinkedIncident(
        ref=row.ref,
        title=words_of(row, "title"),
        status_label=IncidentStatus(row.status).label,
        retracted=shaken_of(scene).get(row.public_id, ()),
        alleged_by=by.name if by else Words(""),
        happened_at=row.happened_at,
        marking=row.marking,
    )
