"""What the present status of each condition rests on: the entry that set it, its reason and its sources."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from negotiations.history.as_of import States, rewind_values
from negotiations.history.both_clocks import known_citations, standing_by, told_by
from negotiations.history.moment import Moment
from negotiations.models import Citation, Entry, Negotiation, Source
from negotiations.rules.marking import Viewer

from .state_rows import StateRows

Bases = Mapping[UUID, dict[str, Any]]

ENTRY = (
    "id",
    "public_id",
    "subject_id",
    "effective_at",
    "payload__reason",
    "payload__no_source_reason",
    "payload__changes__status",
)
SOURCE = (
    "public_id",
    "ref",
    "kind",
    "publisher",
    "title",
    "url",
    "archived_url",
    "published_at",
    "reliability",
    "retracted_at",
)
CITATION = ("credibility", "quote", "quote_language", "translation", "translated_by", "locator")


def status_bases(
    rows: StateRows, negotiation: Negotiation, *, viewer: Viewer, moment: Moment
) -> dict[UUID, dict[str, Any]]:
    """By condition, the entry that last assessed it by the moment, in two queries.

    A source that the reader may not see is not there; an entry whose words were redacted says nothing.
    """
    entries = Entry.objects.visible_to(viewer).filter(negotiation=negotiation, subject_type="condition")
    entries = standing_by(told_by(entries, moment), moment.known_at)
    # Corrections and undoings set a status too, so the words are asked and not the verb.
    entries = entries.filter(payload__changes__has_key="status")
    entries = entries.order_by("subject_id", "-effective_at", "-seq").distinct("subject_id")
    found = list(entries.values(*ENTRY))
    cited: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    columns: tuple[str, ...] = ("entry_id", "source__marking", *CITATION, *(f"source__{name}" for name in SOURCE))
    ids = [row["id"] for row in found]
    citations = known_citations(Citation.objects.visible_to(viewer).filter(entry__in=ids), moment.known_at)
    for row in citations.order_by("pk").values(*columns):
        cited[row["entry_id"]].append(_citation(row, rows.states))
    return {
        row["subject_id"]: {
            "entry": row["public_id"],
            "status": row["payload__changes__status"][1],
            "at": row["effective_at"],
            "reason": row["payload__reason"],
            "no_source_reason": row["payload__no_source_reason"],
            "citations": cited[row["id"]],
        }
        for row in found
    }


def _citation(row: dict[str, Any], states: States | None) -> dict[str, Any]:
    source = {name: row[f"source__{name}"] for name in SOURCE}
    if states is not None:
        # What the source was then; of one that had not been filed by then, what it is, though it still stood.
        (source,) = rewind_values(Source, [source], states, {}) or [source | {"retracted_at": None}]
    return {
        # Under today's rights.
        "source": {"id": source.pop("public_id"), **source, "marking": row["source__marking"]},
        **{name: row[name] for name in CITATION},
        "grade": f"{source['reliability']}{row['credibility']}",
    }
