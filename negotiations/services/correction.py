"""Corrections and undo: a new entry replaces an old one, which stays readable."""

from __future__ import annotations

import dataclasses
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from negotiations.models import Condition, Entry, Tracked
from negotiations.models.snapshot import restore
from negotiations.rules.codes import Role
from negotiations.rules.errors import NotPermitted, RuleError
from negotiations.rules.permissions import may

from .act import Act
from .citing import check_cited
from .finding import Finding, check_status_evidence
from .guards import check_own_verbs
from .proposed_finding import waits_for_second
from .record import Record, writing
from .roles import role_of
from .subject import kind_of, locked_subject

FINDING = tuple(field.name for field in dataclasses.fields(Finding))
FINAL = frozenset({"entry.redacted", "marking.widened", "marking.narrowed"})
# Who proposed and who confirmed must not be told otherwise afterwards.
DECIDED = frozenset({"proposedfinding"})


def correct(entry: Entry, *, act: Act, version: int | None, **values: Any) -> Tracked:
    """Replace what an entry said by what should have been said, as of the moment given or its own.

    The corrected entry stays readable under its correction. Values not given are told again as they
    were. Raises RuleError for an entry that is already superseded. Returns the subject as it is now.
    """
    check_own_verbs({name: value for name, value in values.items() if name != "status"})
    return supersede(entry, "entry.corrected", act=act, version=version, values=values)


def undo(entry: Entry, *, act: Act, version: int | None = None) -> Tracked:
    """Take the last change of an item back; by its author or the lead, and only while it is the last.

    Raises NotPermitted, or RuleError where something has followed, the item would vanish with it, or
    what it said before cannot stand any more.
    """
    with_old = {name: pair[0] for name, pair in entry.payload.changes.items()}
    try:
        return supersede(entry, "entry.undone", act=act, version=version, stored=with_old)
    except ValidationError:
        # What stood before was redacted since, or is allowed no more.
        raise RuleError(
            _("What it said before cannot stand any more; correct the entry instead."), code="undo_impossible"
        ) from None


def supersede(
    entry: Entry,
    verb: str,
    *,
    act: Act,
    version: int | None,
    values: dict[str, Any] | None = None,
    stored: dict[str, Any] | None = None,
) -> Tracked:
    """Append an entry that replaces another one and bring the row to what then holds."""
    replacing = as_of_entry(act, entry)
    with writing(entry.negotiation, replacing) as record:
        # Only now nobody else can replace it, or add to what it is the last of.
        check_stands(entry)
        check_may_tell(entry, act)
        if verb == "entry.undone":
            check_may_undo(entry, act)
        item = locked_subject(entry)
        if version is not None:
            item = record.lock(item, version, values)
        told = {name: pair[1] for name, pair in entry.payload.changes.items()} if stored is None else stored
        fields, relations = from_stored(item, told)
        new = values or {}
        relations |= {name: new[name] for name in new if item._meta.get_field(name).many_to_many}
        fields |= {name: value for name, value in new.items() if name not in relations}
        check_second_persons(item, entry, new)
        check_corrected(record, item, fields, new)
        record.change(item, verb, supersedes=entry, relate=relations, **fields)
        return item


def check_second_persons(item: Tracked, entry: Entry, new: dict[str, Any]) -> None:
    """Refuse to correct a condition into a status that only two persons together may set."""
    status, told = str(new.get("status", "")), entry.payload.changes.get("status", [None, None])[1]
    if isinstance(item, Condition) and status != told and waits_for_second(item, status):
        raise RuleError(
            _("This takes a second person: propose it as a change of status."),
            code="second_person_needed",
            fields={"status": _("Propose it as a change of status.")},
        )


def check_corrected(record: Record, item: Tracked, fields: dict[str, Any], new: dict[str, Any]) -> None:
    """Refuse a corrected status that would have been refused in the first place."""
    if isinstance(item, Condition):
        if new.keys() & {"status", *FINDING}:
            finding = Finding(**{name: fields[name] for name in FINDING if name in fields})
            check_status_evidence(record, item, str(fields.get("status", item.status)), finding)
    elif "status" in new:
        check_cited(item, record.act)


def from_stored(item: Tracked, told: dict[str, Any]) -> tuple[dict[str, Any], dict[str, list[models.Model]]]:
    """Values of a payload as the model's own, without touching the item."""
    scratch = type(item)()
    relations = restore(scratch, told)
    return {name: getattr(scratch, name) for name in told if name not in relations}, relations


def as_of_entry(act: Act, entry: Entry) -> Act:
    """The act, effective when the entry was unless it says otherwise."""
    if act.effective_at is not None:
        return act
    return dataclasses.replace(act, effective_at=entry.effective_at)


def check_stands(entry: Entry) -> None:
    """Refuse an entry that was superseded already, or that can only be answered by another verb."""
    if entry.superseded_by.exists():
        raise RuleError(_("This entry was already replaced; correct the one that replaced it."), code="superseded")
    if entry.verb in FINAL or entry.subject_type in DECIDED or entry.subject_version is None:
        raise RuleError(_("This kind of entry cannot be corrected."), code="not_correctable")


def check_may_tell(entry: Entry, act: Act) -> None:
    """Refuse to replace what the person's role would not have let them say in the first place."""
    first = entry
    while first.supersedes is not None:
        first = first.supersedes
    role = role_of(act.actor, entry.negotiation)
    # Whoever holds no seat sets a negotiation up as its operator; the doors let nobody else write.
    if role is not None and not may(role, first.verb):
        raise NotPermitted(_("Your role in this negotiation does not allow this."))


def tells_of_nothing_before(entry: Entry) -> bool:
    """Whether the item was not there before the entry: a correction may have moved its beginning."""
    fields = {name: kind_of(entry.subject_type)._meta.get_field(name) for name in entry.payload.changes}
    return any(
        pair[0] is None and (fields[name].many_to_many or not fields[name].null)
        for name, pair in entry.payload.changes.items()
    )


def check_may_undo(entry: Entry, act: Act) -> None:
    """Refuse an undo by others than the author and the lead, after a later change, or of a creation."""
    is_author = act.actor is not None and entry.actor_id == act.actor.pk
    if not is_author and role_of(act.actor, entry.negotiation) != Role.LEAD:
        raise NotPermitted(_("Only its author or the lead can undo this."))
    if entry.subject_version == 1 or tells_of_nothing_before(entry):
        raise RuleError(_("An item is withdrawn or superseded, not undone."), code="undo_creation")
    later = Entry.objects.filter(subject_id=entry.subject_id, seq__gt=entry.seq, subject_version__isnull=False)
    if later.exists():
        raise RuleError(_("Something has followed since; correct the entry instead."), code="undo_not_last")
