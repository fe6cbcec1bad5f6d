"""Findings that wait for a second person, as far as a reader may see them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F

from negotiations.models import Entry, ProposedFinding
from negotiations.rules.codes import FindingState, VerifiedBy
from negotiations.rules.marking import Viewer
from negotiations.rules.permissions import may
from negotiations.rules.two_person import is_void

from .entry_lines import EntryLine, entry_lines, with_payload
from .reckoning import label_of
from .source_lines import SourceLine
from .words import Words, words_of

CONFIRM = "proposedfinding.confirmed"


@dataclass(frozen=True, slots=True)
class FindingLine:
    """A proposed status with who proposed it, why and on what; `may_decide` is whether the reader can."""

    public_id: UUID
    status: str
    status_label: str
    by: str
    reason: str
    sources: tuple[SourceLine, ...]
    found_at: datetime
    verified_by: str
    verifier: Words
    marking: str
    is_void: bool
    may_decide: bool


def waiting_findings(condition_id: int, *, viewer: Viewer) -> list[FindingLine]:
    """What is proposed for a condition and not decided, newest first; void ones last."""
    rows = list(
        ProposedFinding.objects.visible_to(viewer)
        .filter(condition=condition_id, state=FindingState.PROPOSED)
        .select_related("condition", "verified_by_actor")
        .order_by("-pk")
    )
    if not rows:
        return []
    ids = [row.public_id for row in rows]
    told = Entry.objects.visible_to(viewer).filter(verb="proposedfinding.made", subject_id__in=ids)
    entries = {entry.pk: entry.subject_id for entry in told}
    lines = {entries[line.pk]: line for line in entry_lines(with_payload(told), viewer=viewer)}
    found = [_line(row, lines[row.public_id], viewer) for row in rows if row.public_id in lines]
    return sorted(found, key=lambda line: line.is_void)


def _line(row: ProposedFinding, told: EntryLine, viewer: Viewer) -> FindingLine:
    return FindingLine(
        public_id=row.public_id,
        status=row.status,
        status_label=label_of(row.status, row.condition.kind),
        by=told.by,
        reason=told.reason,
        sources=told.sources,
        found_at=row.found_at,
        verified_by=VerifiedBy(row.verified_by).label if row.verified_by else "",
        verifier=words_of(row.verified_by_actor, "name") if row.verified_by_actor else Words(""),
        marking=row.marking,
        is_void=is_void(row.state, opened_version=row.opened_version, version=row.condition.version),
        may_decide=may_decide(row, viewer),
    )


def may_decide(row: ProposedFinding, viewer: Viewer) -> bool:
    """Whether the reader is an editor here and not the one who proposed it."""
    seat = viewer.seat_in(row.negotiation_id)
    return may(seat.role if seat else None, CONFIRM) and row.proposed_by_id != viewer.user_id


def to_decide(viewer: Viewer, negotiation_ids: Iterable[int]) -> dict[int, ProposedFinding]:
    """By condition, the oldest finding that waits for this very reader; nothing void, nothing of their own."""
    seats = [key for key in negotiation_ids if (seat := viewer.seat_in(key)) and may(seat.role, CONFIRM)]
    if not seats:
        return {}
    rows = ProposedFinding.objects.visible_to(viewer).filter(
        negotiation__in=seats, state=FindingState.PROPOSED, opened_version=F("condition__version")
    )
    found: dict[int, ProposedFinding] = {}
    for row in rows.exclude(proposed_by=viewer.user_id).order_by("pk"):
        found.setdefault(row.condition_id, row)
    return found
