"""The overview of one negotiation: the verdict first, then why, then what happened and what lies ahead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from negotiations.history.both_clocks import told_by
from negotiations.models import Condition, Entry, Negotiation, Phase
from negotiations.rules.codes import CeasefireClass, TalksFormat
from negotiations.rules.freshness import Freshness, is_reviewed
from negotiations.rules.gates import WAITING, GateStanding, GateState, Readiness
from negotiations.rules.names import listed

from .agenda import AgendaLine, agenda, open_windows
from .blocking import blocking
from .blocking_lines import Blocking
from .disputes import DisputeLine, dispute_lines
from .entry_lines import EntryLine, entry_lines, with_payload
from .messages import MessageLine, messages
from .outlook import OutlookLine, outlook_lines
from .people import Who, parties, third_parties
from .reckoning import ConditionLine, GateCount, Reckoning, condition_line, gate_count, lines_in_order, reckon
from .roadmap import PhaseLine, phase_lines
from .scene import Scene
from .status_area import StatusArea, status_area
from .tranche_lines import ExchangeTable, exchange_tables
from .verdict import VerdictBox, in_question, verdict_box
from .words import Words, words_of

# Entries that only lay the structure out would drown what happened.
SET_UP = (
    "actor.registered",
    "clause.added",
    "condition.added",
    "gate.asserted",
    "instrument.added",
    "link.added",
    "membership.granted",
    "negotiation.coverage_moved",
    "negotiation.created",
    "negotiation.published",
    "party.seated",
    "phase.added",
    "source.added",
    "source.cited",
    "thirdparty.seated",
)
LATEST = 7
AHEAD = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class FactBox:
    """One of the four facts under the verdict."""

    label: str
    value: str = ""
    small: str = ""
    note: str = ""
    at: datetime | None = None
    counts_down: bool = False
    gate: GateCount | None = None


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything the overview page shows.

    `blocking` is what is open of the text's entry conditions, and `settled` the rest of them; without
    gates it is every open condition. `holds` where those are what the phase waits for.
    """

    verdict: VerdictBox
    facts: tuple[FactBox, ...]
    phases: tuple[PhaseLine, ...]
    blocks_heading: str
    holds: bool
    blocking: tuple[ConditionLine, ...]
    settled: tuple[ConditionLine, ...]
    also_open: tuple[ConditionLine, ...]
    gate: Blocking | None
    area: StatusArea | None
    exchanges: tuple[ExchangeTable, ...]
    columns: tuple[Who, ...]
    disputes: tuple[DisputeLine, ...]
    agenda: tuple[AgendaLine, ...]
    outlooks: tuple[OutlookLine, ...]
    messages: tuple[MessageLine, ...]
    summary: Words
    about: tuple[tuple[str, str], ...]

    @property
    def entry(self) -> tuple[ConditionLine, ...]:
        """All entry conditions in the text, open ones first."""
        return self.blocking + self.settled


def overview(scene: Scene) -> Overview:
    """Read everything the overview shows, in a number of queries that does not grow with its rows."""
    reckoning = reckon(scene)
    phase, ready = in_question(reckoning)
    open_ones, settled = open_lines(reckoning, ready), _settled_lines(reckoning, ready)
    return Overview(
        verdict=verdict_box(reckoning, phase, ready, open_ones),
        facts=tuple(_facts(reckoning, phase, ready)),
        phases=tuple(phase_lines(reckoning)),
        blocks_heading=_heading(phase, ready),
        holds=_holds(phase, ready),
        blocking=tuple(open_ones),
        settled=tuple(settled),
        also_open=() if open_ones else _also_open(reckoning, {line.pk for line in settled}),
        gate=blocking(reckoning, ready) if ready else None,
        area=_area(reckoning, ready),
        exchanges=tuple(exchange_tables(reckoning)),
        columns=tuple(parties(scene)),
        disputes=tuple(dispute_lines(scene)),
        agenda=(*open_windows(reckoning), *agenda(reckoning, within=AHEAD)),
        outlooks=tuple(outlook_lines(scene)),
        messages=tuple(messages(scene)),
        summary=words_of(scene.negotiation, "summary"),
        about=tuple(_about(scene)),
    )


def open_lines(reckoning: Reckoning, ready: Readiness | None) -> list[ConditionLine]:
    """What is open of the entry conditions in the text; without gates, every open condition."""
    if ready is None or not ready.text.gates:
        return [line for line in lines_in_order(reckoning) if line.is_open]
    return _gate_lines(reckoning, (gate for gate in ready.text.gates if gate.standing is GateStanding.OPEN))


def _settled_lines(reckoning: Reckoning, ready: Readiness | None) -> list[ConditionLine]:
    """The entry conditions in the text that hold nothing: met, waived, replaced, or another holds in their place."""
    gates = ready.text.gates if ready is not None else ()
    return _gate_lines(reckoning, (gate for gate in gates if gate.standing is not GateStanding.OPEN))


def _gate_lines(reckoning: Reckoning, gates: Iterable[GateState]) -> list[ConditionLine]:
    rows = reckoning.scene.by_id(Condition)
    return [condition_line(reckoning, rows[gate.condition]) for gate in gates]


def _also_open(reckoning: Reckoning, shown: set[int]) -> tuple[ConditionLine, ...]:
    """Open conditions that gate nothing, where no open entry condition would stand first."""
    lines = [line for line in lines_in_order(reckoning) if line.is_open and line.pk not in shown]
    return tuple(lines[:LATEST])


def _area(reckoning: Reckoning, ready: Readiness | None) -> StatusArea | None:
    """The text's entry conditions of the phase in question over time."""
    rows = reckoning.scene.by_id(Condition)
    gates = ready.text.gates if ready is not None else ()
    return status_area([rows[gate.condition] for gate in gates], reckoning.scene.moment) if gates else None


def _heading(phase: Phase | None, ready: Readiness | None) -> str:
    if phase is None or ready is None or not ready.text.gates:
        return _("Open conditions")
    if _holds(phase, ready):
        return _("What holds phase %(number)s") % {"number": phase.number}
    return _("Entry conditions of phase %(number)s") % {"number": phase.number}


def _holds(phase: Phase | None, ready: Readiness | None) -> bool:
    return bool(phase and ready and ready.text.open and phase.status in WAITING)


def _facts(reckoning: Reckoning, phase: Phase | None, ready: Readiness | None) -> Iterator[FactBox]:
    if phase is not None and ready is not None and ready.text.total:
        count = gate_count(ready.text)
        yield FactBox(
            label=_("Entry conditions of phase %(number)s") % {"number": phase.number},
            value=_("%(met)s of %(total)s") % {"met": count.met, "total": count.total},
            small=_("met"),
            gate=count,
        )
    ahead = agenda(reckoning, within=AHEAD)
    if ahead:
        yield FactBox(label=ahead[0].title.here, at=ahead[0].at, counts_down=True, note=ahead[0].note)
    pending = [line for line in outlook_lines(reckoning.scene) if not line.outcome_label]
    if pending:
        first = pending[0]
        yield FactBox(
            label=first.question.here,
            value=first.likelihood_label,
            note=_("range %(low)s–%(high)s%%, %(trend)s")
            % {"low": first.low, "high": first.high, "trend": first.trend_label.lower()},
        )
    else:
        yield _disputes_fact(reckoning)
    yield from _freshness_fact(reckoning)


def _disputes_fact(reckoning: Reckoning) -> FactBox:
    open_ones = [one for one in reckoning.disputes if one.is_holding]
    held = {key for one in open_ones for key in one.conditions}
    return FactBox(
        label=_("Open disputes"),
        value=str(len(open_ones)),
        note=ngettext("on %(count)s condition", "on %(count)s conditions", len(held)) % {"count": len(held)},
    )


def _freshness_fact(reckoning: Reckoning) -> Iterator[FactBox]:
    under_review = [one for one in reckoning.conditions.values() if is_reviewed(one)]
    if not under_review:
        return
    states = [reckoning.ages(row.id).state for row in under_review]
    due, stale = states.count(Freshness.DUE), states.count(Freshness.STALE)
    yield FactBox(
        label=_("Conditions checked on time"),
        value=_("%(met)s of %(total)s") % {"met": len(states) - due - stale, "total": len(states)},
        note=_("%(due)s due, %(stale)s stale") % {"due": due, "stale": stale},
    )


def latest_entries(negotiations: Iterable[Negotiation], scene: Scene, *, limit: int) -> list[EntryLine]:
    """The newest entries of one negotiation by when it was so, without the ones that only set things up."""
    entries = Entry.objects.visible_to(scene.viewer).filter(negotiation__in=negotiations)
    entries = told_by(entries, scene.moment).exclude(verb__in=SET_UP).order_by("-effective_at", "-seq")
    return entry_lines(with_payload(entries)[:limit], viewer=scene.viewer, scene=scene)


def _about(scene: Scene) -> Iterator[tuple[str, str]]:
    negotiation = scene.negotiation
    yield _("Parties"), listed([one.name.here for one in parties(scene)])
    outsiders = [f"{one.name.here} ({listed(roles)})" for one, roles in third_parties(scene)]
    if outsiders:
        yield _("Third parties"), listed(outsiders)
    for label, code, kind in (
        (_("Talks"), negotiation.talks_format, TalksFormat),
        (_("Kind of ceasefire"), negotiation.ceasefire_class, CeasefireClass),
    ):
        if code:
            yield label, kind(code).label
    if negotiation.coverage_start:
        yield _("Followed since"), date_format(localtime(negotiation.coverage_start), "j F Y")
