"""What a phase-state document sets beside the process: what its text leaves open, the earlier attempt, base rates."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import F

from negotiations.history.states import states_at
from negotiations.models import Condition, Negotiation, Phase
from negotiations.rules.base_rates import SOURCE, SOURCE_URL, base_rates, caveat, footnote
from negotiations.rules.completeness import Gap, GapKind, gaps
from negotiations.rules.marking import Viewer
from negotiations.rules.status_words import status_label

from .state_reckoning import StateReckoning
from .state_rows import Row, StateRows

COUNTERPART = ("id", "public_id", "ref", "title", "title_ar", "kind", "status", "status_since", "marking")


def completeness_documents(rows: StateRows, reckoning: StateReckoning) -> list[dict[str, Any]]:
    """Each kind of gap the roadmap has, with the conditions and phases it concerns; none for the roadmap as a whole."""
    found = gaps(reckoning.conditions.values(), reckoning.phases.values(), reckoning.gates)
    conditions, phases = rows.by_id(Condition), rows.by_id(Phase)
    by_kind: dict[GapKind, list[Gap]] = {}
    for gap in found:
        by_kind.setdefault(gap.kind, []).append(gap)
    return [
        {
            "kind": kind.value,
            "label": kind.label,
            "meaning": kind.definition,
            "conditions": [conditions[gap.condition]["ref"] for gap in by_kind[kind] if gap.condition is not None],
            "phases": [phases[gap.phase]["number"] for gap in by_kind[kind] if gap.phase is not None],
        }
        for kind in GapKind
        if kind in by_kind
    ]


def base_rate_documents(rows: StateRows) -> list[dict[str, Any]]:
    """How provisions of the document's categories fared among peace accords: an outside view with its caveat."""
    categories = sorted({row["category"] for row in rows.all(Condition)})
    return [
        {
            "category": category,
            "sentences": [footnote(rate) for rate in rates],
            "caveat": caveat(),
            "source": SOURCE,
            "url": SOURCE_URL,
        }
        for category in categories
        if (rates := base_rates(category))
    ]


def counterparts(
    rows: StateRows, reckoning: StateReckoning, *, viewer: Viewer, known_at: datetime | None
) -> dict[int, dict[str, Any]]:
    """By the id of a condition, its counterpart in the earlier attempt as that ended, or stood at the moment.

    One query, and one for each earlier attempt that had not ended by then.
    """
    found = (
        Condition.objects.visible_to(viewer)
        .filter(corresponding__in=rows.by_id(Condition), negotiation__in=Negotiation.objects.visible_to(viewer))
        .values(
            *COUNTERPART,
            "negotiation_id",
            mine=F("corresponding"),
            slug=F("negotiation__slug"),
            ended_at=F("negotiation__coverage_end"),
        )
        .order_by("id")
    )
    earlier = _as_then(list(found), reckoning, known_at)
    return {row["mine"]: _counterpart(row) for row in earlier}


def _as_then(found: list[Row], reckoning: StateReckoning, known_at: datetime | None) -> Iterable[Row]:
    ends = {row["negotiation_id"]: row["ended_at"] for row in found}
    # Of what has ended, what stands now is how it ended, unless less was known of it.
    moments = {pk: min(end or reckoning.at, reckoning.at) for pk, end in sorted(ends.items())}
    asked = [pk for pk, end in sorted(ends.items()) if known_at or end is None or end > reckoning.at]
    told = {pk: states_at(pk, as_of=moments[pk], known_at=known_at, kinds=["condition"]) for pk in asked}
    for row in found:
        if row["negotiation_id"] not in told:
            yield row
        elif (then := told[row["negotiation_id"]].get(row["public_id"])) is not None:
            yield {**row, "status": then["status"], "status_since": then["status_since"]}


def _counterpart(row: Row) -> dict[str, Any]:
    return {
        "negotiation": row["slug"],
        "id": row["public_id"],
        "ref": row["ref"],
        "title": row["title"],
        "title_ar": row["title_ar"],
        "status": row["status"],
        "status_label": status_label(row["status"], row["kind"]),
        "status_since": row["status_since"],
        "marking": row["marking"],
    }
