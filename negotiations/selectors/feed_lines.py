"""Entries and tombstones as documents: what was told, less what their reader may not see any more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models

from negotiations.models import Citation, Entry, Organisation, Tombstone, User
from negotiations.rules.marking import Viewer
from negotiations.rules.verbs import in_words

from .entry_lines import bylines, kinds_by_noun

Document = dict[str, Any]
# Who works for whom is for members; everybody else reads a desk's byline.
FOR_MEMBERS = (User, Organisation)


def feed_documents(rows: Sequence[Entry | Tombstone], *, viewer: Viewer) -> list[Document]:
    """The rows as documents, in their order, in a number of queries that does not grow with them."""
    entries = [row for row in rows if isinstance(row, Entry)]
    told = Telling(entries, viewer)
    return [tombstone_document(row) if isinstance(row, Tombstone) else told.document(row) for row in rows]


def tombstone_document(row: Tombstone) -> Document:
    """That something is not there any more for this reader, and since when; never why, or who did it."""
    return {
        "type": "tombstone",
        "id": row.public_id,
        "subject": {"type": row.subject_type, "id": row.subject_id},
        "inserted_at": row.told_by.inserted_at,
    }


class Telling:
    """Everything that documents of some entries are made of, read at once."""

    def __init__(self, entries: Sequence[Entry], viewer: Viewer) -> None:
        self.viewer = viewer
        self.names = bylines(entries, viewer)
        self.citations = citations_told(entries, viewer)
        visible = Entry.objects.visible_to(viewer)
        replaced = {entry.supersedes_id for entry in entries if entry.supersedes_id}
        self.replaced = dict(visible.filter(pk__in=replaced).values_list("pk", "public_id")) if replaced else {}
        self.visible = visible_ends(entries, viewer)

    def document(self, entry: Entry) -> Document:
        payload = entry.payload
        return {
            "type": "entry",
            "id": entry.public_id,
            "verb": entry.verb,
            "verb_label": in_words(entry.verb),
            "subject": {"type": entry.subject_type, "id": entry.subject_id},
            "version": entry.subject_version,
            "changes": dict(self.changes(entry)),
            "reason": payload.reason,
            "no_source_reason": payload.no_source_reason,
            "citations": self.citations.get(entry.pk, []),
            "marking": entry.access.marking,
            "effective_at": entry.effective_at,
            "inserted_at": entry.inserted_at,
            "recorded_at": entry.recorded_at,
            "is_backfilled": entry.backfilled,
            "by": self.names.get((entry.negotiation_id, entry.actor_id)),
            "supersedes": self.replaced.get(entry.supersedes_id or 0),
            "is_redacted": payload.redacted_at is not None,
        }

    def changes(self, entry: Entry) -> Iterator[tuple[str, list[Any]]]:
        """What each field was and is; ends of relations that the reader may not see are left out."""
        for name, pair in entry.payload.changes.items():
            target = target_of(entry.subject_type, name)
            yield name, pair if target is None else [self.seen(target, value) for value in pair]

    def seen(self, target: type[models.Model], value: Any) -> Any:
        known = self.visible.get(target, frozenset())
        if isinstance(value, list):
            return [key for key in value if key in known]
        return value if value in known else None


@lru_cache(maxsize=4096)
def target_of(noun: str, name: str) -> type[models.Model] | None:
    """What a field relates to; None for plain columns and for those that are no more."""
    kind = kinds_by_noun().get(noun)
    try:
        target = kind._meta.get_field(name).related_model if kind else None
    except FieldDoesNotExist:
        return None
    return target if isinstance(target, type) else None


def visible_ends(entries: Sequence[Entry], viewer: Viewer) -> dict[type[models.Model], frozenset[str]]:
    """Of all that the changes relate to, by kind, the public ids of what the reader may see."""
    wanted: defaultdict[type[models.Model], set[str]] = defaultdict(set)
    is_member = all(entry.negotiation_id and viewer.seat_in(entry.negotiation_id) for entry in entries)
    for entry in entries:
        for name, pair in entry.payload.changes.items():
            if (target := target_of(entry.subject_type, name)) is not None:
                wanted[target] |= {key for value in pair for key in (value if isinstance(value, list) else [value])}
    found: dict[type[models.Model], frozenset[str]] = {}
    for target, ids in wanted.items():
        keys = ids - {None}
        if target in FOR_MEMBERS:
            found[target] = frozenset(keys) if is_member else frozenset()
        elif keys:
            rows = target._default_manager.visible_to(viewer)  # type: ignore[attr-defined]  # the others have doors
            found[target] = frozenset(map(str, rows.filter(public_id__in=keys).values_list("public_id", flat=True)))
    return found


def citations_told(entries: Sequence[Entry], viewer: Viewer) -> Mapping[int, list[Document]]:
    """The visible citations by the entry that told of them, best graded first."""
    found: defaultdict[int, list[Document]] = defaultdict(list)
    rows = Citation.objects.visible_to(viewer).filter(told_by__in=[entry.pk for entry in entries])
    rows = rows.select_related("source", "entry")
    for one in rows.order_by("source__reliability", "credibility", "pk"):
        found[one.told_by_id].append(citation_document(one))
    return found


def citation_document(one: Citation) -> Document:
    source = one.source
    return {
        "source": {"id": source.public_id, "ref": source.ref, "publisher": source.publisher, "title": source.title},
        "supports": one.entry.public_id,
        "reliability": source.reliability,
        "credibility": one.credibility,
        "quote": one.quote,
        "quote_language": one.quote_language,
        "translation": one.translation,
        "translated_by": one.translated_by or None,
        "translator": one.translator,
        "locator": one.locator,
    }


def entry_document(entry: Entry, *, viewer: Viewer) -> Document:
    """One entry that came through its door, with everything `feed_documents` reads of it."""
    return Telling([entry], viewer).document(entry)
