"""The head of a mail's part about one negotiation: its verdict, and the entry conditions behind it."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

from django.urls import reverse

from negotiations.models import Condition
from negotiations.rules.codes import ConditionStatus
from negotiations.rules.gates import Readiness
from negotiations.selectors.agenda import agenda
from negotiations.selectors.reckoning import Reckoning, gate_count
from negotiations.selectors.verdict import in_question, verdict_box
from negotiations.selectors.words import words_of

from .addresses import site_url
from .content import DateAhead, Headline

HORIZON = timedelta(days=60)
DATES = 6


def headline(reckoning: Reckoning) -> Headline:
    """The verdict as it is now, from what the scene's reader may see; one query where a phase was declared."""
    scene = reckoning.scene
    phase, ready = in_question(reckoning)
    box = verdict_box(reckoning, phase, ready)
    gates = _gates(ready)
    return Headline(
        title=words_of(scene.negotiation, "title").here,
        sentence=box.sentence,
        href=site_url(reverse("overview", args=[scene.negotiation.slug])),
        why=box.why,
        gates=gates,
        caption=_caption(gates),
        gate_number=phase.number if phase and gates else 0,
    )


def _gates(ready: Readiness | None) -> tuple[str, ...]:
    """One status for each entry condition in the text, what holds first."""
    if ready is None:
        return ()
    places = {str(code): place for place, code in enumerate(BAR)}
    return tuple(sorted(gate_count(ready.text).statuses, key=lambda code: places.get(code, len(places))))


# What counts first, then by how much of it is done.
BAR = (
    "met",
    "waived",
    "reported_met",
    "partly_met",
    "in_progress",
    "contested",
    "suspended",
    "breached",
    "not_started",
)


def _caption(gates: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    counted = Counter(gates)
    return tuple((str(count), ConditionStatus(code).label.lower()) for code, count in counted.items())


def dates_ahead(reckoning: Reckoning, shown: frozenset[str]) -> tuple[DateAhead, ...]:
    """The next dated things, without conditions already named as due; none once coverage has ended."""
    if reckoning.scene.moment.has_ended:
        return ()
    lines = [line for line in agenda(reckoning, within=HORIZON) if not line.ref or line.ref not in shown]
    return tuple(DateAhead(line.at, line.title.here, line.note, line.ref) for line in lines[:DATES])


def checked_at(reckoning: Reckoning) -> datetime | None:
    """When any of its conditions was last checked; None where none ever was."""
    return max((row.checked_at for row in reckoning.scene.all(Condition) if row.checked_at), default=None)
