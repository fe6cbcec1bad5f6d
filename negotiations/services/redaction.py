"""Redaction: the one exception to "nothing is deleted"; it destroys words and says so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from negotiations.models import Citation, Entry, EntryPayload, Membership, Tracked, User
from negotiations.rules.codes import RedactionGround, Role
from negotiations.rules.errors import NotPermitted, RuleError

from .act import Act
from .correction import as_of_entry
from .ledger import Redacted, note
from .record import Record, writing
from .roles import role_of
from .subject import kind_of, locked_subject

REDACTED = "entry.redacted"
# Columns of words by which an item is found or placed; they are not redacted.
NAMES = frozenset({"ref", "slug", "number", "subject_type", "time_zone", "country_code", "short", "sha256"})


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
    if entry.payload.redacted_at is not None:
        raise RuleError(_("Its words are gone already; redact the entry that tells of it."), code="redacted_already")
    fields = None if fields is None else tuple(fields)
    words = words_of(entry, fields)
    told_why = Act(
        actor=act.actor,
        reason=f"{RedactionGround(ground).english}. {act.reason}",
        no_source_reason="Agreed by a second person.",
        request_id=act.request_id,
    )
    done: list[Entry] = []
    with transaction.atomic():
        for repeated in with_citations_apart([entry, *repeating(entry, words)]):
            with writing(entry.negotiation, as_of_entry(told_why, repeated)) as record:
                done.append(destroy(record, repeated, words))
        tell_who_agreed(entry, told_why, second)
        # Last, and before the commit: a redaction that a restored backup would forget is none.
        note([line_of(entry, act, second, ground, fields)])
    return done


def line_of(entry: Entry, act: Act, second: User, ground: str, fields: Iterable[str] | None) -> Redacted:
    """What the ledger keeps of a redaction."""
    origin = entry
    while origin.verb == REDACTED and origin.supersedes is not None:
        origin = origin.supersedes
    return Redacted(
        entry=str(entry.public_id),
        origin=str(origin.public_id),
        ground=str(ground),
        fields=None if fields is None else tuple(fields),
        lead=str(act.actor.public_id) if act.actor else None,
        second=str(second.public_id),
        at=timezone.now().isoformat(timespec="seconds"),
    )


def obey(line: Redacted) -> list[Entry]:
    """Redact again, in a restored database, what was redacted after its backup; returns the entries that tell of it.

    The two persons agreed then, so nobody is asked again. Empty where the words are gone already, or
    the entry is younger than the backup.
    """
    entry = obeyed_entry(line)
    if entry is None or entry.payload.redacted_at is not None:
        return []
    why = f"{RedactionGround(line.ground).english}. Redacted on {line.at[:10]}; a backup from before was restored."
    people = User.objects.in_bulk([one for one in (line.lead, line.second) if one], field_name="public_id")
    named = {str(key): person for key, person in people.items()}
    act = Act(actor=named.get(line.lead or ""), reason=why, no_source_reason="Agreed by a second person.")
    words = words_of(entry, line.fields)
    done: list[Entry] = []
    with transaction.atomic():
        for repeated in with_citations_apart([entry, *repeating(entry, words)]):
            if EntryPayload.objects.filter(entry=repeated, redacted_at__isnull=True).exists():
                with writing(entry.negotiation, as_of_entry(act, repeated)) as record:
                    done.append(destroy(record, repeated, words))
    return done


def obeyed_entry(line: Redacted) -> Entry | None:
    """The entry that a line of the ledger is about; where it is too young, the last that says the same."""
    entries = Entry.objects.select_related("negotiation", "payload")
    if (entry := entries.filter(public_id=line.entry).first()) is not None:
        return entry
    last = entries.filter(public_id=line.origin).first()
    while last is not None and (later := entries.filter(supersedes=last, verb=REDACTED).first()) is not None:
        last = later
    return last


def tell_who_agreed(entry: Entry, act: Act, second: User) -> None:
    """Tell the members whose seat agreed, in an entry of that seat: the redaction itself anybody may read."""
    seat = Membership.objects.get(user=second, negotiation=entry.negotiation, ended_at__isnull=True)
    with writing(entry.negotiation, replace(act, no_source_reason="The holder of this seat agreed.")) as record:
        record.tell(seat, "membership.agreed", {}, is_versioned=False)


def check_persons(entry: Entry, act: Act, second: User) -> None:
    """Refuse a redaction that is not the lead's or that nobody else agrees to."""
    if role_of(act.actor, entry.negotiation) != Role.LEAD:
        raise NotPermitted(_("Only the lead can redact."))
    if second == act.actor or role_of(second, entry.negotiation) in (None, Role.READER):
        raise NotPermitted(_("A second member of this negotiation has to agree to a redaction."))


def words_of(entry: Entry, fields: Iterable[str] | None) -> dict[str, Any]:
    """The texts the entry set, by field, that are to go."""
    model = kind_of(entry.subject_type)
    chosen = set(fields) if fields is not None else set(entry.payload.changes)
    return {
        name: pair[1]
        for name, pair in entry.payload.changes.items()
        if name in chosen and pair[1] and is_text(model, name)
    }


def is_text(model: type[Tracked], name: str) -> bool:
    """Whether a column holds free words rather than a code, a name to find it by, or a relation."""
    field = model._meta.get_field(name)
    if name in NAMES or name.endswith("language") or getattr(field, "choices", None):
        return False
    return isinstance(field, models.CharField | models.TextField | models.JSONField)


def repeating(entry: Entry, words: dict[str, Any]) -> list[Entry]:
    """Other entries of the same subject whose changes hold the same words, before or after."""
    others = Entry.objects.filter(subject_id=entry.subject_id).exclude(pk=entry.pk).select_related("payload")
    return [other for other in others.order_by("seq") if holds(other.payload, words)]


def holds(payload: EntryPayload, words: dict[str, Any]) -> bool:
    return any(payload.changes.get(name) and word in payload.changes[name] for name, word in words.items())


def with_citations_apart(entries: list[Entry]) -> list[Entry]:
    """The entries, and those that tell of narrower sources cited for them: a quote may repeat the words."""
    apart = Entry.objects.filter(verb="source.cited", payload__redacted_at__isnull=True)
    found = apart.filter(pk__in=Citation.objects.filter(entry__in=entries).values("told_by")).order_by("seq")
    return [*entries, *(entry for entry in found if entry not in entries)]


def destroy(record: Record, entry: Entry, words: dict[str, Any]) -> Entry:
    """Empty one entry's payload and citations, and tell again what it said without the words."""
    item = locked_subject(entry)
    payload = EntryPayload.objects.get(entry=entry)
    kept = {
        name: [None, blank(type(item), name) if name in words and pair[1] == words[name] else pair[1]]
        for name, pair in payload.changes.items()
    }
    item.version += 1
    EntryPayload.objects.filter(pk=payload.pk).update(
        salt="", changes={}, reason="", no_source_reason="", basis=[], redacted_at=timezone.now()
    )
    told = record.tell(item, REDACTED, kept, supersedes=entry)
    Citation.objects.filter(told_by=entry).update(quote="", translation="", translator="", locator="")
    record.settle(item)
    return told


def blank(model: type[Tracked], name: str) -> Any:
    """What stands where words have gone: no text, or what a column of lists or texts begins with."""
    field = model._meta.get_field(name)
    return field.get_default() if isinstance(field, models.JSONField) else ""
