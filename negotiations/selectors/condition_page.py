"""One condition: what the text requires, what each side says, what is found, and how its status came about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext as _

from negotiations.history.both_clocks import told_by
from negotiations.models import (
    Claim,
    Clause,
    Condition,
    Dispute,
    Entry,
    Gate,
    Link,
    Party,
    Phase,
    Position,
    ThirdParty,
    User,
)
from negotiations.rules import facts
from negotiations.rules.codes import (
    AgreementState,
    ClaimKind,
    ConditionCategory,
    ConditionStatus,
    GateAuthority,
)
from negotiations.rules.names import listed
from negotiations.rules.units import unit_in_arabic

from .cited import sources_by_item
from .entry_lines import EntryLine, entry_lines, with_payload
from .linked_incidents import LinkedIncident, linked_incidents
from .notes import NoteLine, notes_on
from .people import Who, who
from .positions import PositionLine, position_lines
from .reckoning import ConditionLine, Reckoning, condition_line, label_of
from .scene import Scene, also_about
from .source_lines import SourceLine
from .ties import Tie, condition_tie
from .words import Words, words_of

STATUS_VERBS = ("condition.added", "condition.status_changed", "condition.checked", "condition.finding_rejected")
MENDING = ("entry.corrected", "entry.undone")


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """What one claimant says, latest first; earlier statements stay in the record."""

    ref: str
    who: Who | None
    kind_label: str
    text: Words
    low: Decimal | None
    best: Decimal | None
    high: Decimal | None
    unit: Words
    speaker: str
    said_at: datetime
    marking: str
    sources: tuple[SourceLine, ...]


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """A source with what it supports here."""

    source: SourceLine
    supports: str


@dataclass(frozen=True, slots=True)
class ConditionPage:
    """Everything the page of a condition shows."""

    line: ConditionLine
    text: Words
    clause: str
    clause_text: Words
    is_paraphrase: bool
    category_label: str
    agreement_label: str
    phase_number: int | None
    phase_title: Words
    gate_words: tuple[str, ...]
    obligors: tuple[Who, ...]
    beneficiary: Who | None
    verifier: Words
    long_stop_at: datetime | None
    verified_by: str
    claims: tuple[ClaimLine, ...]
    held_by: tuple[Tie, ...]
    holds: tuple[Tie, ...]
    evidence: tuple[EvidenceLine, ...]
    origins: int
    incidents: tuple[LinkedIncident, ...]
    history: tuple[EntryLine, ...]
    spans: tuple[tuple[str, float], ...]
    suspended_until: str
    checked_where: str
    owner: str
    positions: tuple[PositionLine, ...]
    notes: tuple[NoteLine, ...]


def condition_page(scene: Scene, reckoning: Reckoning, row: Condition) -> ConditionPage:
    """Read everything the page shows of one condition."""
    history = condition_history(scene, row)
    claims = _claims(scene, row)
    clause = _clause(scene, row)
    evidence = _evidence(history, claims)
    phase = scene.by_id(Phase).get(row.phase_id)
    return ConditionPage(
        line=condition_line(reckoning, row),
        text=words_of(row, "text"),
        clause=_clause_words(clause),
        clause_text=words_of(clause, "text", clause.text_language) if clause else Words(""),
        is_paraphrase=bool(clause and clause.is_paraphrase),
        category_label=ConditionCategory(row.category).label,
        agreement_label=AgreementState(row.agreement_state).label,
        phase_number=phase.number if phase else None,
        phase_title=words_of(phase, "title") if phase else Words(""),
        gate_words=tuple(_gates(scene, row)),
        obligors=tuple(_people(scene, scene.of(Condition, "obligors", row.pk))),
        beneficiary=next(_people(scene, (row.beneficiary_id,) if row.beneficiary_id else ()), None),
        verifier=_verifier(scene, row),
        long_stop_at=row.long_stop_at,
        verified_by=_verified_by(scene, row),
        claims=tuple(claims),
        held_by=tuple(_held_by(scene, reckoning, row)),
        holds=tuple(_holds(scene, row)),
        evidence=tuple(evidence),
        # What was taken back bears nothing out any more.
        origins=len({one.source.origin or one.source.ref for one in evidence if not one.source.is_retracted}),
        incidents=tuple(linked_incidents(scene, row)),
        history=tuple(history),
        spans=tuple(status_spans(scene, row, history)),
        suspended_until=row.suspended_until,
        checked_where=row.checked_where,
        owner=_owner(scene, row),
        positions=tuple(_positions(scene, row)),
        notes=tuple(notes_on(scene, row)),
    )


def condition_history(scene: Scene, row: Condition) -> list[EntryLine]:
    """The entries that set, checked or mended the status by the scene's moment, newest first."""
    entries = Entry.objects.visible_to(scene.viewer).filter(
        Q(verb__in=STATUS_VERBS) | Q(verb__in=MENDING), subject_id=row.public_id
    )
    entries = told_by(entries, scene.moment).order_by("-effective_at", "-seq")
    return entry_lines(with_payload(entries), viewer=scene.viewer, scene=scene)


def status_spans(scene: Scene, row: Condition, history: list[EntryLine]) -> Iterator[tuple[str, float]]:
    """How long each status held, oldest first, in days; the last one until the scene's moment."""
    changes = [line for line in reversed(history) if line.change and not line.is_replaced]
    if not changes:
        yield row.status, 1.0
        return
    start = scene.negotiation.coverage_start or scene.negotiation.entry_into_force_at or changes[0].effective_at
    first = changes[0].change
    if first is not None and changes[0].effective_at > start:
        yield first.before_code, _days(start, changes[0].effective_at)
    ends = [line.effective_at for line in changes[1:]] + [scene.at]
    for line, end in zip(changes, ends, strict=True):
        if line.change is not None:
            yield line.change.after_code, _days(line.effective_at, end)


def _days(start: datetime, end: datetime) -> float:
    return max((end - start).total_seconds() / 86400, 0.5)


def _claims(scene: Scene, row: Condition) -> list[ClaimLine]:
    also_about(scene, Claim, [row])
    rows = [one for one in scene.all(Claim) if one.said_at <= scene.at and one.withdrawn_at is None]
    rows.sort(key=lambda one: (one.said_at, one.pk), reverse=True)
    latest: dict[tuple[int, str], Claim] = {}
    for one in rows:
        # What somebody says and what somebody measures are two statements, even by the same body.
        latest.setdefault((one.claimant_id, one.kind), one)
    made = Entry.objects.visible_to(scene.viewer).filter(
        verb="claim.made", subject_id__in=[one.public_id for one in latest.values()]
    )
    cited = {line.ref: line.sources for line in entry_lines(with_payload(made), viewer=scene.viewer, scene=scene)}
    lines = [_claim(scene, one, row, cited.get(one.ref, ())) for one in latest.values()]
    return sorted(
        lines, key=lambda line: (not (line.who and line.who.is_party), line.who.name.text if line.who else "")
    )


def _parties_first(line: ClaimLine) -> tuple[bool, str]:
    return (True, "") if line.who is None else (not line.who.is_party, line.who.name.text)


def _claim(scene: Scene, row: Claim, about: Condition, sources: tuple[SourceLine, ...]) -> ClaimLine:
    return ClaimLine(
        ref=row.ref,
        who=who(scene, row.claimant_id),
        kind_label=ClaimKind(row.kind).label,
        text=words_of(row, "text", row.text_language),
        low=row.value_low,
        best=row.value_best,
        high=row.value_high,
        # A claim has its unit in one language; where it counts what the condition counts, both are known.
        unit=words_of(about, "unit") if row.unit == about.unit else Words(row.unit, unit_in_arabic(row.unit)),
        speaker=row.speaker,
        said_at=row.said_at,
        marking=row.marking,
        sources=sources,
    )


def _evidence(history: list[EntryLine], claims: list[ClaimLine]) -> list[EvidenceLine]:
    standing = [line for line in history if not line.is_replaced]
    found = [EvidenceLine(source, _supported(line)) for line in standing for source in line.sources]
    found += [
        EvidenceLine(source, f"{claim.who.name.here}: {claim.kind_label}" if claim.who else claim.kind_label)
        for claim in claims
        for source in claim.sources
    ]
    return _once_each(found)


def _supported(line: EntryLine) -> str:
    if line.verb == "condition.added":
        return _("The wording")
    return line.change.after if line.change else line.says


def _once_each(found: list[EvidenceLine]) -> list[EvidenceLine]:
    """Each source with each grade once, with everything it supports; best graded first."""
    grouped: dict[tuple[str, str, str], list[EvidenceLine]] = {}
    for line in found:
        key = (line.source.reliability, line.source.credibility, line.source.ref)
        grouped.setdefault(key, []).append(line)
    return [
        EvidenceLine(lines[0].source, " · ".join(dict.fromkeys(line.supports for line in lines)))
        for _key, lines in sorted(grouped.items())
    ]


def _clause(scene: Scene, row: Condition) -> Clause | None:
    if row.clause_id is None:
        return None
    return Clause.objects.visible_to(scene.viewer).select_related("instrument").filter(pk=row.clause_id).first()


def _clause_words(clause: Clause | None) -> str:
    if clause is None:
        return ""
    return _("%(text)s, %(number)s") % {
        "text": words_of(clause.instrument, "title").here,
        "number": clause.number,
    }


def _owner(scene: Scene, row: Condition) -> str:
    """Who keeps it current; names are for members of the negotiation."""
    if row.owner_id is None or not scene.viewer.seat_in(scene.negotiation.pk):
        return ""
    return str(User.objects.get(pk=row.owner_id))


def _positions(scene: Scene, row: Condition) -> list[PositionLine]:
    said = [one for one in scene.all(Position) if one.condition_id == row.pk]
    return position_lines(scene, said, sources_by_item(scene, said)) if said else []


def _gates(scene: Scene, row: Condition) -> Iterator[str]:
    phases = scene.by_id(Phase)
    for gate in scene.all(Gate):
        if gate.condition_id != row.pk or gate.phase_id not in phases or not facts.is_standing(gate, scene.at):
            continue
        number = phases[gate.phase_id].number
        if gate.authority == GateAuthority.TEXT:
            yield _("Entry condition of phase %(number)s in the text") % {"number": number}
            continue
        actors = [who(scene, pk) for pk in scene.of(Gate, "asserted_by", gate.pk)]
        names = listed(sorted(one.name.here for one in actors if one))
        yield _("Also required for phase %(number)s according to %(names)s") % {"number": number, "names": names}


def _people(scene: Scene, party_ids: tuple[int, ...]) -> Iterator[Who]:
    seats = scene.by_id(Party)
    found = [who(scene, seats[pk].actor_id) for pk in party_ids if pk in seats]
    yield from sorted((one for one in found if one is not None), key=lambda one: one.name.text)


def _verifier(scene: Scene, row: Condition) -> Words:
    role = scene.by_id(ThirdParty).get(row.verifier_id) if row.verifier_id else None
    found = who(scene, role.actor_id) if role else None
    return found.name if found else Words("")


def _verified_by(scene: Scene, row: Condition) -> str:
    if not row.verified_by:
        return ""
    actor = who(scene, row.verified_by_actor_id)
    parts = [actor.name.here if actor else "", row.get_verified_by_display()]
    parts += [row.get_verification_method_display() or "", row.get_verification_access_display() or ""]
    return " · ".join(str(part) for part in parts if part)


def _held_by(scene: Scene, reckoning: Reckoning, row: Condition) -> Iterator[Tie]:
    refs = reckoning.held_by.get(row.pk, ())
    for other in scene.all(Condition):
        if other.ref in refs:
            yield condition_tie(scene, other, label_of(other.status, other.kind))
    for dispute in scene.all(Dispute):
        if dispute.ref in refs:
            yield Tie(dispute.ref, words_of(dispute, "title"), "dispute", dispute.get_status_display(), "dispute")


def _holds(scene: Scene, row: Condition) -> Iterator[Tie]:
    rows = scene.by_id(Condition)
    for link in scene.all(Link):
        other = rows.get(link.condition_id)
        if link.other_id == row.pk and other is not None and facts.is_standing(link, scene.at):
            yield condition_tie(scene, other, link.get_type_display())


def status_options() -> list[tuple[str, str]]:
    """Every status with its word, as the form lists them."""
    return [(code.value, code.label) for code in ConditionStatus]
