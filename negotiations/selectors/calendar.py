"""Everything dated in negotiations, before and after a moment: what a month on the calendar shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from negotiations.models import Assessment, Condition, Dispute, MarkedItem, Meeting, Phase, Window
from negotiations.rules.anchors import NOTHING, Event, Happening
from negotiations.rules.facts import CLOSED_DISPUTES

from .reckoning import Reckoning, status_label
from .scenes import also_in
from .words import Words, words_of


@dataclass(frozen=True, slots=True)
class DateLine:
    """Something that happens at a moment, or over days until `until`.

    `noun`, `ref` and `slug` say where its page is; `glyph` is a status where it has one.
    """

    at: datetime
    until: datetime | None
    noun: str
    ref: str
    slug: str
    title: Words
    note: str
    glyph: str
    negotiation: Words
    marking: str
    # Which of the dates of which row it is: the same however often the date is moved.
    key: str = ""


def dates(reckoning: Reckoning, meetings: Iterable[Meeting]) -> list[DateLine]:
    """Every date of one negotiation, soonest first; the caller narrows them to its month."""
    found = [*_due(reckoning), *_phases(reckoning), *_windows(reckoning), *_others(reckoning, meetings)]
    return sorted(found, key=lambda line: (line.at, line.noun, line.ref))


def in_days(lines: Iterable[DateLine], first: date, last: date) -> dict[date, list[DateLine]]:
    """The lines by the days they touch between two days, both included; days without any are left out."""
    found: dict[date, list[DateLine]] = {}
    for line in lines:
        start = localtime(line.at).date()
        end = localtime(line.until).date() if line.until else start
        day, end = max(start, first), min(end, last)
        while day <= end:
            found.setdefault(day, []).append(line)
            day += timedelta(days=1)
    return found


def nearest_months(lines: Sequence[DateLine], month: date) -> tuple[date | None, date | None]:
    """The closest months before and after this one in which something is dated."""
    months = {localtime(line.at).date().replace(day=1) for line in lines}
    before = max((one for one in months if one < month), default=None)
    after = min((one for one in months if one > month), default=None)
    return before, after


def all_dates(reckonings: Sequence[Reckoning]) -> list[DateLine]:
    """Every date of several negotiations, soonest first; their meetings are loaded with as few queries as of one."""
    also_in([one.scene for one in reckonings], Meeting)
    found = [line for one in reckonings for line in dates(one, one.scene.all(Meeting))]
    return sorted(found, key=lambda line: (line.at, line.slug, line.ref))


def _line(
    reckoning: Reckoning,
    row: MarkedItem,
    at: datetime,
    noun: str,
    note: str,
    *,
    until: datetime | None = None,
    glyph: str = "",
    title: str = "title",
    key: str = "",
) -> DateLine:
    """A line about a row; `title` names the column it is called by."""
    negotiation = reckoning.scene.negotiation
    return DateLine(
        at=at,
        until=until,
        noun=noun,
        ref=getattr(row, "ref", ""),
        slug=negotiation.slug,
        title=words_of(row, title),
        note=note,
        glyph=glyph,
        negotiation=words_of(negotiation, "title"),
        marking=row.marking,
        key=f"{row.public_id}-{key or noun}",
    )


def _due(reckoning: Reckoning) -> Iterator[DateLine]:
    rows = reckoning.scene.by_id(Condition)
    for pk, row in rows.items():
        due = reckoning.deadlines.get(pk)
        if due is None or due.moment.at is None:
            continue
        note = _("overdue") if due.is_overdue else _("due")
        yield _line(reckoning, row, due.moment.at, "condition", f"{note} · {status_label(row)}", glyph=row.status)


def _phases(reckoning: Reckoning) -> Iterator[DateLine]:
    for phase in reckoning.scene.all(Phase):
        start, end = (
            reckoning.schedule.get(Happening(event, phase.pk), NOTHING).at for event in (Event.START, Event.END)
        )
        found = (
            ("planned-start", _("planned start of the phase"), start),
            ("planned-end", _("planned end of the phase"), end),
            ("start", _("phase started"), phase.started_at),
            ("end", _("phase ended"), phase.ended_at),
            ("declared", _("phase declared"), phase.declared_at),
        )
        for key, note, moment in found:
            if moment is not None:
                yield _line(reckoning, phase, moment, "phase", note, glyph=phase.status, key=key)


def _windows(reckoning: Reckoning) -> Iterator[DateLine]:
    for row in reckoning.scene.all(Window):
        note = _("window") if row.closes_at else _("window opens, no closing date")
        yield _line(reckoning, row, row.opens_at, "window", note, until=row.closes_at)


def _others(reckoning: Reckoning, meetings: Iterable[Meeting]) -> Iterator[DateLine]:
    scene = reckoning.scene
    for dispute in scene.all(Dispute):
        if dispute.rung_due_at is not None and dispute.status not in CLOSED_DISPUTES:
            yield _line(reckoning, dispute, dispute.rung_due_at, "dispute", _("next level of talks"), glyph="dispute")
    for meeting in meetings:
        yield _line(reckoning, meeting, meeting.starts_at, "meeting", _("meeting"), until=meeting.ends_at)
    for row in scene.all(Assessment):
        if row.resolves_at is not None and row.outcome is None:
            note = _("question of the outlook closes")
            yield _line(reckoning, row, row.resolves_at, "assessment", note, title="question")
