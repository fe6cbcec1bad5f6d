"""Negotiations' own facts, now or as they were."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from negotiations.history.held_states import held_over
from negotiations.history.moment import Moment, resolve_all
from negotiations.models import Negotiation
from negotiations.rules.codes import NegotiationStatus
from negotiations.rules.marking import Viewer, narrowest

from .scene import Shaken
from .shaken import shaken_statuses
from .state_rows import Row, negotiation_at
from .state_values import Refs, markings_in

HEAD = (
    "slug", "title", "title_ar", "summary", "summary_ar", "status", "purpose", "time_zone", "entry_into_force_at",
    "coverage_start", "coverage_end", "pax_process_id", "pax_agreement_ids", "ucdp_conflict_id", "marking", "version",
)  # fmt: skip
CODES = ("talks_format", "ceasefire_class", "sides", "coverage_area")


def negotiation_document(row: Row, shaken: Refs) -> dict[str, Any]:
    """A negotiation's own facts, from its columns; a code nobody gave is null.

    `shaken` has the refs of retracted sources that a status rests on, by public id.
    """
    return {
        "id": row["public_id"],
        **{name: row[name] for name in HEAD},
        **{name: row[name] or None for name in CODES},
        "status_label": NegotiationStatus(row["status"]).label,
        "rests_on_retracted": list(shaken.get(row["public_id"], ())),
    }


@dataclass(frozen=True, slots=True)
class Facts:
    """A negotiation's own document, and the narrowest marking of what it tells."""

    document: dict[str, Any]
    marking: str


def facts_of(negotiation: Negotiation, moment: Moment, viewer: Viewer) -> Facts | None:
    """One negotiation at a moment, None where it was not there yet."""
    return next(iter(_facts([negotiation], viewer, {negotiation.pk: moment})), None)


def facts_at(
    negotiations: Sequence[Negotiation], viewer: Viewer, *, asked: str = "", known: str = "", now: datetime
) -> list[Facts]:
    """Several negotiations at the moments asked about, each in its own zone; those not there yet are left out.

    Two queries more than now for a past moment, however many there are.
    """
    if not asked and not known:
        return _facts(negotiations, viewer, {one.pk: Moment(now) for one in negotiations})
    return _facts(negotiations, viewer, resolve_all(negotiations, viewer, asked, now, known))


def _facts(negotiations: Sequence[Negotiation], viewer: Viewer, moments: Mapping[int, Moment]) -> list[Facts]:
    past = {pk: moment for pk, moment in moments.items() if moment.is_past}
    states = dict(held_over(past, "negotiation").values_list("subject_id", "values")) if past else {}
    shaken = shaken_statuses(viewer, moments)
    rows = [negotiation_at(one, states if one.pk in past else None) for one in negotiations]
    return [_told(row, shaken[one.pk]) for one, row in zip(negotiations, rows, strict=True) if row]


def _told(row: Row, shaken: Shaken) -> Facts:
    document = negotiation_document(row, shaken.refs)
    return Facts(document, narrowest(markings_in(document, shaken)))
