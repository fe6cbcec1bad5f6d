"""All negotiations a reader may see, each with its verdict and what holds its next phase."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Count, Q
from django.utils import timezone

from negotiations.history.both_clocks import known_in, told_in
from negotiations.history.moment import Moment
from negotiations.models import Condition, Entry, Meeting, Negotiation
from negotiations.rules.codes import ConditionStatus, NegotiationStatus
from negotiations.rules.freshness import Freshness
from negotiations.rules.gates import GateStanding, Readiness
from negotiations.rules.marking import Viewer

from .agenda import AgendaLine, agenda
from .all_negotiations import moments_of, reckonings_of
from .attention import AttentionCard, attention
from .calendar import DateLine, dates
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
)
from .scene import Scene, highest_in
from .scenes import also_in
from .track import is_any_backfilled
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
    is_past: bool
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
    since: str
    """Over which time changes are counted: `visit` or a key of SPANS."""
    newest: UUID | None
    shown: Mapping[Negotiation, str]
    """Each negotiation with the highest marking of what the page tells of it."""
    shaken: Mapping[UUID, tuple[str, ...]]
    """The refs of retracted sources under statuses, by public id."""
    has_backfill: bool
    """Whether something of the past that is shown was entered later than it became known."""

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


def dashboard(*, viewer: Viewer, now: datetime, since: str = "", asked: str = "", known: str = "") -> Dashboard:
    """Read the first page; the number of queries does not grow with the negotiations.

    `asked` and `known` say of which moment; changes are counted up to that. `since` says over which time: a
    key of SPANS, else since the last visit of who has marked something as seen, and 7 days where they have
    not, and before a past moment where nothing is asked. Raises MomentRefused.
    """
    reckonings = reckonings_of(viewer, now, asked=asked, known=known)
    scenes = [one.scene for one in reckonings]
    moments, is_past = moments_of(scenes), bool(asked or known)
    since = since or ("7d" if is_past else VISIT)
    unseen = {} if since in SPANS else unseen_counts(viewer, [one.negotiation for one in scenes], moments)
    changes = _changes(moments, viewer, SPANS.get(since, SPANS["7d"]))
    also_in(scenes, Meeting)
    judged = all_in_question(reckonings)
    lines = []
    for one in reckonings:
        pk = one.scene.negotiation.pk
        line = _line(one, dates(one, one.scene.all(Meeting)), judged[pk])
        is_visit = pk in unseen
        told = unseen[pk] if is_visit else changes.get(pk, 0)
        lines.append(replace(line, changes=told, since=VISIT if is_visit else since if since in SPANS else "7d"))
    latest = _latest(scenes, viewer)
    dated = [(line, one.scene.at) for one in reckonings for line in agenda(one, within=FORTNIGHT)]
    followed = [one for one in reckonings if one.scene.negotiation.status not in CLOSED]
    has_visit = bool(unseen) or (since in SPANS and has_looked(viewer))
    return Dashboard(
        attention=tuple(attention(followed, is_past=is_past)),
        lines=tuple(sorted(lines, key=lambda line: (not line.is_followed, line.title.text))),
        latest=tuple(latest),
        agenda=tuple(sorted(dated, key=lambda pair: pair[0].at)),
        has_looked=has_visit,
        since=since if since in SPANS else VISIT if has_visit else "7d",
        newest=None if is_past else _newest(moments, viewer),
        shown={one.negotiation: highest_in(one, *_markings(one, latest)) for one in scenes},
        shaken=dict(pair for one in reckonings for pair in one.shaken.items()),
        has_backfill=is_any_backfilled(scenes),
    )


def _markings(scene: Scene, latest: Sequence[EntryLine]) -> list[str]:
    return [line.marking for line in latest if line.slug == scene.negotiation.slug]


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
        is_past=scene.moment.is_past,
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


def _changes(moments: Mapping[int, Moment], viewer: Viewer, span: timedelta) -> dict[int, int]:
    """How many visible entries became known in the time before each negotiation's moment, so by it: one query."""
    if not moments:
        return {}
    alike: defaultdict[datetime, list[int]] = defaultdict(list)
    for pk, moment in moments.items():
        alike[moment.at].append(pk)
    asked = (Q(negotiation__in=pks, recorded_at__gt=at - span, effective_at__lte=at) for at, pks in alike.items())
    within = reduce(or_, asked)
    told = known_in(Entry.objects.visible_to(viewer).filter(within), moments)
    return dict(told.order_by().values_list("negotiation").annotate(Count("pk")))


def _latest(scenes: Sequence[Scene], viewer: Viewer) -> list[EntryLine]:
    entries = told_in(Entry.objects.visible_to(viewer), moments_of(scenes)).exclude(verb__in=SET_UP)
    rows = with_payload(entries.order_by("-effective_at", "-pk"))[:LATEST]
    named = {one.negotiation.slug: words_of(one.negotiation, "title") for one in scenes}
    return [replace(line, negotiation=named[line.slug]) for line in entry_lines(rows, viewer=viewer, over=scenes)]


def _newest(negotiations: Collection[int], viewer: Viewer) -> UUID | None:
    """The entry told last of all the reader may see; only who can mark it as seen is told."""
    if viewer.user_id is None:
        return None
    entries = Entry.objects.visible_to(viewer).filter(negotiation__in=negotiations)
    return entries.order_by("-inserted_at", "-pk").values_list("public_id", flat=True).first()
