"""All negotiations a reader may see, each with its verdict and what holds its next phase."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from negotiations.history.moment import latest_moments
from negotiations.models import Condition, Entry, Meeting, Negotiation
from negotiations.rules.codes import ConditionStatus, NegotiationStatus
from negotiations.rules.freshness import Freshness
from negotiations.rules.gates import GateStanding, Readiness
from negotiations.rules.marking import Viewer

from .agenda import AgendaLine, agenda
from .attention import AttentionCard, attention
from .calendar import DateLine, dates, meetings_by_negotiation
from .changes import SPANS, VISIT
from .entry_lines import EntryLine, entry_lines, with_payload
from .last_look import has_looked, unseen_counts
from .outlook_course import Course, open_course
from .overview import SET_UP, open_lines
from .people import Who, parties, third_parties
from .reckoning import (
    ConditionLine,
    FreshLine,
    GateCount,
    Reckoning,
    condition_line,
    fresh_line,
    gate_count,
    reckon,
)
from .scene import Scene, highest_in, scenes_of
from .shaken import load_shaken
from .verdict import InQuestion, all_in_question, verdict_box
from .words import Words, words_of

FORTNIGHT, MONTH = timedelta(days=14), timedelta(days=30)
LATEST = 6
LEGEND = (
    ConditionStatus.MET,
    ConditionStatus.REPORTED_MET,
    ConditionStatus.PARTLY_MET,
    ConditionStatus.IN_PROGRESS,
    ConditionStatus.CONTESTED,
    ConditionStatus.BREACHED,
    ConditionStatus.NOT_STARTED,
)
CLOSED = frozenset({NegotiationStatus.CONCLUDED, NegotiationStatus.COLLAPSED})


@dataclass(frozen=True, slots=True)
class DashboardLine:
    """A negotiation as a row: where it stands, what holds it, how fresh that knowledge is."""

    slug: str
    title: Words
    status: str
    status_label: str
    retracted: tuple[str, ...]
    is_followed: bool
    parties: tuple[Who, ...]
    outsiders: tuple[Who, ...]
    verdict: str
    gate: GateCount | None
    phase_number: int | None
    held_by: ConditionLine | None
    held_more: int
    dates: tuple[DateLine, ...]
    course: Course | None
    changes: int
    since: str
    fresh: FreshLine
    at: datetime
    has_ended: bool
    time_zone: str

    @property
    def next_date(self) -> DateLine | None:
        return next((line for line in self.dates if line.at >= self.at), None)


@dataclass(frozen=True, slots=True)
class Dashboard:
    """Everything the first page shows."""

    attention: tuple[AttentionCard, ...]
    lines: tuple[DashboardLine, ...]
    latest: tuple[EntryLine, ...]
    agenda: tuple[tuple[AgendaLine, datetime], ...]
    has_looked: bool
    newest: UUID | None
    shown: Mapping[Negotiation, str]
    """Each negotiation with the highest marking of what the page tells of it."""
    shaken: Mapping[UUID, tuple[str, ...]]
    """The refs of retracted sources under statuses, by public id."""

    @property
    def legend(self) -> list[tuple[str, str]]:
        """The statuses that gate bars are drawn with."""
        return [(code.value, code.label) for code in LEGEND]

    @property
    def followed(self) -> int:
        return sum(line.is_followed for line in self.lines)

    @property
    def changes(self) -> int:
        return sum(line.changes for line in self.lines)


def dashboard(*, viewer: Viewer, now: datetime, since: str = "") -> Dashboard:
    """Read the first page; the number of queries does not grow with the negotiations.

    `since` says over which time changes are counted: a key of SPANS, else since the last visit of who
    has marked something as seen, and 7 days where they have not.
    """
    reckonings = reckonings_of(viewer, now)
    rows = [one.scene.negotiation for one in reckonings]
    at = {one.scene.negotiation.pk: one.scene.at for one in reckonings}
    unseen = {} if since in SPANS else unseen_counts(viewer, rows)
    changes = _changes(rows, viewer, at, SPANS.get(since, SPANS["7d"]))
    meetings = meetings_by_negotiation(reckonings)
    judged = all_in_question(reckonings)
    lines = []
    for one in reckonings:
        pk = one.scene.negotiation.pk
        line = _line(one, dates(one, meetings.get(pk, ())), judged[pk])
        is_visit = pk in unseen
        told = unseen[pk] if is_visit else changes.get(pk, 0)
        lines.append(replace(line, changes=told, since=VISIT if is_visit else since if since in SPANS else "7d"))
    latest = _latest(rows, viewer)
    dated = [(line, one.scene.at) for one in reckonings for line in agenda(one, within=FORTNIGHT)]
    return Dashboard(
        attention=tuple(attention(one for one in reckonings if one.scene.negotiation.status not in CLOSED)),
        lines=tuple(sorted(lines, key=lambda line: (not line.is_followed, line.title.text))),
        latest=tuple(latest),
        agenda=tuple(sorted(dated, key=lambda pair: pair[0].at)),
        has_looked=bool(unseen) or (since in SPANS and has_looked(viewer)),
        newest=_newest(rows, viewer),
        shown={one.scene.negotiation: _highest(one.scene, latest, meetings) for one in reckonings},
        shaken=dict(pair for one in reckonings for pair in one.shaken.items()),
    )


def _highest(scene: Scene, latest: Sequence[EntryLine], meetings: Mapping[int, Sequence[Meeting]]) -> str:
    told = [line.marking for line in latest if line.slug == scene.negotiation.slug]
    return highest_in(scene, *told, *(row.marking for row in meetings.get(scene.negotiation.pk, ())))


def reckonings_of(viewer: Viewer, now: datetime, *, among: Collection[int] | None = None) -> list[Reckoning]:
    """All negotiations a reader may see, or those `among` these, at their latest moments, A-Z by English title.

    A fixed number of queries.
    """
    visible = Negotiation.objects.visible_to(viewer).order_by("title")
    rows = list(visible if among is None else visible.filter(pk__in=among))
    scenes = scenes_of(rows, viewer=viewer, moments=latest_moments(rows, viewer, now))
    load_shaken(scenes)
    return [reckon(scene) for scene in scenes]


def _line(reckoning: Reckoning, dated: Sequence[DateLine], judged: InQuestion) -> DashboardLine:
    scene = reckoning.scene
    negotiation = scene.negotiation
    phase, ready = judged
    held = _held(reckoning, ready) if negotiation.status not in CLOSED else []
    with timezone.override(negotiation.time_zone):
        verdict = verdict_box(reckoning, phase, ready).sentence
    return DashboardLine(
        slug=negotiation.slug,
        title=words_of(negotiation, "title"),
        status=negotiation.status,
        status_label=NegotiationStatus(negotiation.status).label,
        retracted=reckoning.shaken.get(negotiation.public_id, ()),
        is_followed=negotiation.status not in CLOSED,
        parties=tuple(parties(scene)),
        outsiders=tuple(one for one, _roles in third_parties(scene)),
        verdict=verdict,
        gate=_gate(ready),
        phase_number=phase.number if phase else None,
        held_by=held[0] if held else None,
        held_more=max(len(held) - 1, 0),
        dates=tuple(line for line in dated if line.at <= scene.at + MONTH and (line.until or line.at) >= scene.at),
        course=open_course(scene),
        changes=0,
        since="",
        fresh=_oldest(scene, reckoning),
        at=scene.at,
        has_ended=scene.moment.has_ended,
        time_zone=negotiation.time_zone,
    )


def _held(reckoning: Reckoning, ready: Readiness | None) -> list[ConditionLine]:
    """What is open of the text's entry conditions; where none is, of those that actors assert."""
    held = open_lines(reckoning, ready)
    if held or ready is None:
        return held
    rows = reckoning.scene.by_id(Condition)
    asserted = {gate.condition for one in ready.others for gate in one.gates if gate.standing is GateStanding.OPEN}
    lines = [condition_line(reckoning, row) for pk, row in rows.items() if pk in asserted]
    return sorted(lines, key=lambda line: line.ref)


def _gate(ready: Readiness | None) -> GateCount | None:
    return gate_count(ready.text) if ready is not None and ready.text.total else None


def _oldest(scene: Scene, reckoning: Reckoning) -> FreshLine:
    """The least fresh condition under review speaks for the negotiation."""
    found = [reckoning.ages(pk) for pk in reckoning.conditions]
    reviewed = [one for one in found if one.state is not Freshness.NOT_REVIEWED]
    stale = [one for one in reviewed if one.is_stale] or [one for one in reviewed if one.is_due] or reviewed
    checked = [one for one in stale if one.checked_at is not None]
    if not checked:
        return FreshLine("never" if reviewed else "none", None, "", None)
    return fresh_line(min(checked, key=lambda one: one.checked_at or scene.at), "")


def _changes(rows: Sequence[Negotiation], viewer: Viewer, at: dict[int, datetime], span: timedelta) -> dict[int, int]:
    """How many visible entries became known in the time before each negotiation's moment: one query."""
    if not rows:
        return {}
    moments = (
        Entry.objects.visible_to(viewer)
        .filter(negotiation__in=rows, recorded_at__gt=min(at.values()) - span)
        .values_list("negotiation_id", "recorded_at", "effective_at")
    )
    counts: dict[int, int] = {}
    for pk, known, effective in moments:
        if pk is not None and at[pk] - span < known and effective <= at[pk]:
            counts[pk] = counts.get(pk, 0) + 1
    return counts


def _latest(rows: Sequence[Negotiation], viewer: Viewer) -> list[EntryLine]:
    entries = Entry.objects.visible_to(viewer).filter(negotiation__in=rows).exclude(verb__in=SET_UP)
    return entry_lines(with_payload(entries.order_by("-effective_at", "-pk"))[:LATEST], viewer=viewer)


def _newest(rows: Sequence[Negotiation], viewer: Viewer) -> UUID | None:
    """The entry told last of all the reader may see; only who can mark it as seen is told."""
    if viewer.user_id is None:
        return None
    entries = Entry.objects.visible_to(viewer).filter(negotiation__in=rows)
    return entries.order_by("-inserted_at", "-pk").values_list("public_id", flat=True).first()
