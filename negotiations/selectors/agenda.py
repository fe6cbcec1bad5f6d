"""What lies ahead of a moment: conditions falling due, phases ending, windows opening and closing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from negotiations.models import Condition, Dispute, Phase, Window
from negotiations.rules.anchors import NOTHING, Event, Happening
from negotiations.rules.deadlines import coming
from negotiations.rules.facts import CLOSED_DISPUTES

from .reckoning import Reckoning
from .words import Words, words_of

NOWHERE = Words("")


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """Something that falls due, opens or closes at a moment."""

    at: datetime
    title: Words
    note: str
    ref: str = ""
    slug: str = ""
    negotiation: Words = NOWHERE


def agenda(reckoning: Reckoning, *, within: timedelta) -> list[AgendaLine]:
    """What happens between the scene's moment and `within` after it, soonest first."""
    end = reckoning.scene.at + within
    lines = [line for line in _all(reckoning, within) if reckoning.scene.at <= line.at <= end]
    return sorted(lines, key=lambda line: (line.at, line.title.text))


def open_windows(reckoning: Reckoning) -> list[AgendaLine]:
    """Windows that are open at the scene's moment with no closing date: nothing to count down to."""
    scene = reckoning.scene
    rows = [row for row in scene.all(Window) if row.opens_at <= scene.at and row.closes_at is None]
    return [AgendaLine(row.opens_at, words_of(row, "title"), _("window open, no closing date")) for row in rows]


def _all(reckoning: Reckoning, within: timedelta) -> Iterator[AgendaLine]:
    scene = reckoning.scene
    slug, name = scene.negotiation.slug, words_of(scene.negotiation, "title")
    rows = scene.by_id(Condition)
    for due in coming(reckoning.conditions.values(), reckoning.schedule, at=scene.at, within=within):
        row, moment = rows[due.condition], due.moment.at
        if moment is not None:
            yield AgendaLine(moment, words_of(row, "title"), _("due"), row.ref, slug, name)
    for phase in scene.all(Phase):
        planned = reckoning.schedule.get(Happening(Event.END, phase.pk), NOTHING).at
        if planned is not None and phase.ended_at is None:
            yield AgendaLine(planned, words_of(phase, "title"), _("planned end of the phase"), negotiation=name)
    for window in scene.all(Window):
        if window.closes_at is not None:
            yield AgendaLine(window.closes_at, words_of(window, "title"), _("window closes"), negotiation=name)
        yield AgendaLine(window.opens_at, words_of(window, "title"), _("window opens"), negotiation=name)
    for dispute in scene.all(Dispute):
        if dispute.rung_due_at is not None and dispute.status not in CLOSED_DISPUTES:
            yield AgendaLine(dispute.rung_due_at, words_of(dispute, "title"), _("next level"), negotiation=name)
