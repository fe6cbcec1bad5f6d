"""What a brief says, in the language and zone active now; the page and the PDF show the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from negotiations.models import Condition
from negotiations.rules.codes import Marking
from negotiations.selectors.also_required import also_required
from negotiations.selectors.distance import distance
from negotiations.selectors.overview import FactBox, Overview, overview
from negotiations.selectors.roadmap import PhaseLine
from negotiations.selectors.scene import Scene, highest_in
from negotiations.selectors.step_words import step_sentence
from negotiations.selectors.track import has_backfill
from negotiations.selectors.words import words_of

from .certainty import Sure, certainty, grades_of
from .changed import changed_lately
from .lines import AlsoRow, ChangeRow, ConditionRow, DateRow, DisputeRow, also_row, condition_row, date_row, dispute_row


@dataclass(frozen=True, slots=True)
class Fact:
    """One of the four facts, in words."""

    label: str
    value: str
    note: str


@dataclass(frozen=True, slots=True)
class Brief:
    """One negotiation at one moment on one page, for readers of one level; `marking` is the highest in it."""

    title: str
    marking: Marking
    at: datetime
    is_past: bool
    verdict: str
    why: str
    also: tuple[AlsoRow, ...]
    facts: tuple[Fact, ...]
    phases: tuple[PhaseLine, ...]
    conditions_heading: str
    conditions: tuple[ConditionRow, ...]
    steps: tuple[str, ...]
    disputes: tuple[DisputeRow, ...]
    sides: tuple[tuple[str, str], ...]
    changes: tuple[ChangeRow, ...]
    dates: tuple[DateRow, ...]
    sure: tuple[Sure, ...]
    entered_later: str
    summary: str = field(default="")

    @property
    def certainty(self) -> tuple[str, ...]:
        """How sure it is, beside all its conditions."""
        return self.certainty_beside(self.conditions)

    def certainty_beside(self, rows: Iterable[ConditionRow]) -> tuple[str, ...]:
        shown = {row.ref for row in rows}
        return tuple(one.beside(shown) for one in self.sure)


def brief_of(scene: Scene) -> Brief:
    """The brief of a scene, in a number of queries that does not grow with its rows."""
    page = overview(scene)
    rows = scene.by_id(Condition)
    grades = grades_of(scene, [rows[line.pk] for line in page.entry])
    # Under "What holds phase 2" stands what holds it, and nothing that is met.
    shown = page.blocking if page.holds else page.entry
    return Brief(
        title=words_of(scene.negotiation, "title").here,
        marking=Marking(highest_in(scene)),
        at=scene.at,
        is_past=scene.moment.is_past or scene.moment.has_ended,
        verdict=page.verdict.sentence,
        why=" ".join(_why(page)),
        also=tuple(map(also_row, also_required(page.gate.others))) if page.gate else (),
        facts=tuple(_fact(one, scene.at) for one in page.facts),
        phases=page.phases,
        conditions_heading=page.blocks_heading,
        conditions=tuple(condition_row(line, grades.get(line.pk, "")) for line in shown),
        steps=tuple(step_sentence(step) for step in (page.gate.text.steps if page.gate else ())),
        disputes=tuple(dispute_row(line, shows_gap=scene.negotiation.shows_gap) for line in page.disputes),
        sides=tuple((one.short, one.name.here) for one in page.columns),
        changes=tuple(changed_lately(scene)),
        dates=tuple(date_row(line, scene.at) for line in page.agenda),
        sure=tuple(certainty(page, grades)),
        entered_later=_entered_later(scene),
        summary=words_of(scene.negotiation, "summary").here,
    )


def _why(page: Overview) -> Iterable[str]:
    """What must be added to the verdict, and what the unmet entry conditions wait for."""
    yield from page.verdict.why
    gate = page.gate.text if page.gate else None
    if gate is None or not gate.open:
        return
    unmet = [line.condition.ref for line in gate.blocked if line.is_entry]
    if gate.disputes and unmet:
        yield _("Open disputes hold what the phase waits for: %(disputes)s.") % {
            "disputes": _(", ").join(f"{one.ref} {one.title.here}" for one in gate.disputes[:3])
        }


def _entered_later(scene: Scene) -> str:
    """What every page of the past says where it shows something that was entered later; else empty."""
    if not scene.moment.is_past or not has_backfill(scene):
        return ""
    return _("Parts of this were entered later and carry the day on which they became known.")


def _fact(one: FactBox, at: datetime) -> Fact:
    if one.at is None:
        return Fact(one.label, f"{one.value} {one.small}".strip(), one.note)
    day = date_format(localtime(one.at), "j M Y")
    note = f"{day} · {one.note}" if one.note else day
    return Fact(one.label, distance(one.at, at), note)
