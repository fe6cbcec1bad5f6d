"""What the present status of each condition rests on: the entry that set it, its reason and its sources."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any
from uuid import UUID

from negotiations.models import Citation, Entry, Negotiation
from negotiations.rules.marking import Viewer

ENTRY = (
    "id",
    "public_id",
    "subject_id",
    "effective_at",
    "payload__reason",
    "payload__no_source_reason",
    "payload__changes__status",
)
SOURCE = ("public_id", "ref", "kind", "publisher", "title", "url", "archived_url", "published_at", "reliability")
CITATION = ("credibility", "quote", "quote_language", "translation", "translated_by", "locator")


def status_bases(negotiation: Negotiation, *, viewer: Viewer, at: datetime) -> dict[UUID, dict[str, Any]]:
    """By condition, the entry that last assessed it by `at`, in two queries.

    A source that the reader may not see is not there; an entry whose words were redacted says nothing.
    """
    entries = Entry.objects.visible_to(viewer).filter(
        negotiation=negotiation, subject_type="condition", effective_at__lte=at, superseded_by__isnull=True
    )
    # Corrections and undoings set a status too, so the words are asked and not the verb.
    entries = entries.filter(payload__changes__has_key="status")
    entries = entries.order_by("subject_id", "-effective_at", "-seq").distinct("subject_id")
    found = list(entries.values(*ENTRY))
    cited: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    columns: tuple[str, ...] = ("entry_id", *CITATION, *(f"source__{name}" for name in SOURCE))
    ids = [row["id"] for row in found]
    for row in Citation.objects.visible_to(viewer).filter(entry__in=ids).order_by("pk").values(*columns):
        cited[row["entry_id"]].append(_citation(row))
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


def _citation(row: dict[str, Any]) -> dict[str, Any]:
    source = {name: row[f"source__{name}"] for name in SOURCE if name != "public_id"}
    return {
        "source": {"id": row["source__public_id"], **source},
        **{name: row[name] for name in CITATION},
        "grade": f"{row['source__reliability']}{row['credibility']}",
    }
