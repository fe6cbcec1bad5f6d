"""Redaction: the one exception to "nothing is deleted"; it destroys words and says so."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from negotiations.models import Citation, Entry, EntryPayload, Tracked, User
from negotiations.rules.codes import RedactionGround, Role
from negotiations.rules.errors import NotPermitted, RuleError

from .act import Act
from .correction import as_of_entry
from .record import Record, writing
from .roles import role_of
from .subject import kind_of, locked_subject


def redact_entry(
    entry: Entry, *, act: Act, second: User, ground: str, fields: Iterable[str] | None = None
) -> list[Entry]:
    """Destroy the words of an entry, and of every entry that repeats them, for good.

    The lead acts and a second member of the negotiation agrees; `ground` is one of RedactionGround.
    `fields` are the texts to blank in the item itself (None: every text the entry set); what else the
    entries said is told again without their reasons and quotes. Returns the entries that tell of it.
    """
    check_persons(entry, act, second)
    if not act.reason.strip():
        raise RuleError(_("Say why, without repeating the words."), code="reason_missing")
    words = words_of(entry, fields)
    told_why = Act(
        actor=act.actor,
        reason=f"{RedactionGround(ground).english}. {act.reason}",
        no_source_reason=f"Agreed by a second person: {second.public_id}",
        request_id=act.request_id,
    )
    done: list[Entry] = []
    with transaction.atomic():
        for repeated in [entry, *repeating(entry, words)]:
            with writing(entry.negotiation, as_of_entry(told_why, repeated)) as record:
                done.append(destroy(record, repeated, words))
    return done


def check_persons(entry: Entry, act: Act, second: User) -> None:
    """Refuse a redaction that is not the lead's or that nobody else agrees to."""
    if role_of(act.actor, entry.negotiation) != Role.LEAD:
        raise NotPermitted(_("Only the lead can redact."))
    if second == act.actor or role_of(second, entry.negotiation) in (None, Role.READER):
        raise NotPermitted(_("A second member of this negotiation has to agree to a redaction."))


def words_of(entry: Entry, fields: Iterable[str] | None) -> dict[str, str]:
    """The texts the entry set, by field, that are to go."""
    model = kind_of(entry.subject_type)
    chosen = set(fields) if fields is not None else set(entry.payload.changes)
    return {
        name: pair[1]
        for name, pair in entry.payload.changes.items()
        if name in chosen and isinstance(pair[1], str) and pair[1] and is_text(model, name)
    }


def is_text(model: type[Tracked], name: str) -> bool:
    """Whether a column holds free words rather than a code, a ref or a relation."""
    field = model._meta.get_field(name)
    return isinstance(field, models.CharField | models.TextField) and not field.choices and name not in ("ref", "slug")


def repeating(entry: Entry, words: dict[str, str]) -> list[Entry]:
    """Other entries of the same subject whose changes hold the same words, before or after."""
    others = Entry.objects.filter(subject_id=entry.subject_id).exclude(pk=entry.pk).select_related("payload")
    return [other for other in others.order_by("seq") if holds(other.payload, words)]


def holds(payload: EntryPayload, words: dict[str, str]) -> bool:
    return any(payload.changes.get(name) and word in payload.changes[name] for name, word in words.items())


def destroy(record: Record, entry: Entry, words: dict[str, str]) -> Entry:
    """Empty one entry's payload and citations, and tell again what it said without the words."""
    item = locked_subject(entry)
    payload = EntryPayload.objects.get(entry=entry)
    kept = {name: [None, blanked(name, pair[1], words)] for name, pair in payload.changes.items()}
    item.version += 1
    EntryPayload.objects.filter(pk=payload.pk).update(
        salt="", changes={}, reason="", no_source_reason="", basis=[], redacted_at=timezone.now()
    )
    told = record.tell(item, "entry.redacted", kept, supersedes=entry)
    Citation.objects.filter(told_by=entry).update(quote="", translation="", translator="", locator="")
    record.settle(item)
    return told


def blanked(name: str, value: Any, words: dict[str, str]) -> Any:
    """The value, or an empty text where it is what must go."""
    return "" if name in words and value == words[name] else value
