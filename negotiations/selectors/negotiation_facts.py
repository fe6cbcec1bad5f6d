"""Negotiations' own facts, now or as they were."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q

from negotiations.history.moment import Moment, read_moment
from negotiations.history.states import states_at
from negotiations.models import Negotiation, StateVersion
from negotiations.rules.codes import NegotiationStatus
from negotiations.rules.marking import Viewer

from .shaken import shaken_statuses
from .state_rows import Row, negotiation_at

HEAD = (
    "slug", "title", "title_ar", "summary", "summary_ar", "status", "purpose", "time_zone", "entry_into_force_at",
    "coverage_start", "coverage_end", "pax_process_id", "pax_agreement_ids", "ucdp_conflict_id", "marking", "version",
)  # fmt: skip
CODES = ("talks_format", "ceasefire_class", "sides", "coverage_area")


def negotiation_document(row: Row, retracted: Sequence[str]) -> dict[str, Any]:
    """A negotiation's own facts, from its columns; a code nobody gave is null.

    `retracted` are the refs of sources taken back under its status.
    """
    return {
        "id": row["public_id"],
        **{name: row[name] for name in HEAD},
        **{name: row[name] or None for name in CODES},
        "status_label": NegotiationStatus(row["status"]).label,
        "rests_on_retracted": list(retracted),
    }


def facts_of(negotiation: Negotiation, moment: Moment, viewer: Viewer) -> dict[str, Any] | None:
    """One negotiation at a moment, None where it was not there yet."""
    states = None
    if moment.as_of:
        states = states_at(negotiation.pk, as_of=moment.as_of, known_at=moment.known_at, kinds=["negotiation"])
    row = negotiation_at(negotiation, states)
    if row is None:
        return None
    shaken = shaken_statuses(viewer, {negotiation.pk: moment}).get(negotiation.pk, {})
    return negotiation_document(row, shaken.get(negotiation.public_id, ()))


def facts_at(
    negotiations: Sequence[Negotiation], viewer: Viewer, *, asked: str = "", known: str = "", now: datetime
) -> list[dict[str, Any]]:
    """Several negotiations at the moments asked about, each in its own zone; those not there yet are left out.

    One query more than now for a past moment, however many there are, and `shaken_statuses`.
    """
    if not asked and not known:
        moments = {one.pk: Moment(now) for one in negotiations}
        rows = [negotiation_at(one, None) for one in negotiations]
    else:
        # An unreadable moment is refused even where there is nothing to list.
        _moment(asked, known, ZoneInfo("UTC"), now)
        moments = {one.pk: _moment(asked, known, ZoneInfo(one.time_zone), now) for one in negotiations}
        states = _states({one.public_id: moments[one.pk] for one in negotiations}, now)
        rows = [negotiation_at(one, states) for one in negotiations]
    shaken = shaken_statuses(viewer, moments)
    return [
        negotiation_document(row, shaken.get(one.pk, {}).get(one.public_id, ()))
        for one, row in zip(negotiations, rows, strict=True)
        if row
    ]


def _moment(asked: str, known: str, zone: ZoneInfo, now: datetime) -> Moment:
    as_of = read_moment(asked, zone, now) if asked else now
    return Moment(as_of, as_of, known_at=read_moment(known, zone, now, "known_at") if known else None)


def _states(moments: Mapping[UUID, Moment], now: datetime) -> dict[UUID, dict[str, Any]]:
    if not moments:
        return {}
    asked = Q()
    for subject_id, moment in moments.items():
        asked |= Q(subject_id=subject_id, effective__contains=moment.at, known__contains=moment.known_at or now)
    return dict(StateVersion.objects.filter(asked).values_list("subject_id", "values"))
