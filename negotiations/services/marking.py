"""Verbs on markings: widening discloses, narrowing takes back what can be taken back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from negotiations.history.verify import tracked_kinds
from negotiations.models import EntryAccess, MarkedItem, NamedReader, Organisation, Tombstone, User
from negotiations.models.snapshot import snapshot
from negotiations.rules.codes import Marking, Role
from negotiations.rules.errors import MarkingRefused, NotPermitted, RuleError
from negotiations.rules.marking import rank

from .act import Act
from .reach import check_reach
from .record import Record, named_ids, writing
from .roles import role_of


def widen_marking(item: MarkedItem, *, act: Act, version: int | None, marking: str) -> MarkedItem:
    """Let more people see an item from now on; the lead decides and says why.

    The disclosure tells every field as it is now. Earlier entries stay with those who had them.
    """
    check_lead(item, act)
    with writing(item.negotiation, act) as record:
        saved = record.lock(item, version, {"marking": marking})
        if rank(marking) >= rank(saved.marking):
            raise MarkingRefused(_("This is not wider than the present marking."), code="not_wider")
        disclose(record, saved, marking)
        return saved


def disclose(record: Record, item: MarkedItem, marking: str) -> None:
    """Widen a locked item and tell all of it in an entry that its new readers may see."""
    item.marking = marking
    check_reach(item, {})
    item.release_at, item.release_marking = None, ""
    item.version += 1
    item.save(update_fields=["marking", "release_at", "release_marking", "version"])
    NamedReader.objects.filter(subject_id=item.public_id).delete()
    record.tell_all(item, "marking.widened", {})


def narrow_marking(
    item: MarkedItem,
    *,
    act: Act,
    version: int | None,
    marking: str,
    organisation: Organisation | None = None,
    readers: Iterable[User] = (),
) -> MarkedItem:
    """Let fewer people see an item, its parts and all entries about them, from now on."""
    with writing(item.negotiation, act) as record:
        saved = record.lock(item, version, {"marking": marking})
        if rank(marking) <= rank(saved.marking):
            raise MarkingRefused(_("This is not narrower than the present marking."), code="not_narrower")
        withdraw_from(record, saved, marking, organisation or saved.organisation, tuple(readers))
        return saved


def withdraw_from(
    record: Record, item: MarkedItem, marking: str, organisation: Organisation | None, readers: tuple[User, ...]
) -> None:
    """Narrow a locked item and everything that is part of it, leaving tombstones for who could see it."""
    was_marking, was_organisation = item.marking, item.organisation
    item.marking, item.organisation = marking, organisation
    named = named_ids(record.act) | {reader.pk for reader in readers}
    if marking == Marking.RED:
        NamedReader.objects.bulk_create(NamedReader(subject_id=item.public_id, user_id=pk) for pk in sorted(named))
    check_reach(item, {}, frozenset(named))
    item.version += 1
    item.save(update_fields=["marking", "organisation", "version"])
    values = snapshot(item, ["marking", "organisation"])
    changes = {"marking": [str(was_marking), values["marking"]]}
    if was_organisation != organisation:
        changes["organisation"] = [snapshot_id(was_organisation), values["organisation"]]
    told = record.tell(item, "marking.narrowed", changes)
    EntryAccess.objects.filter(subject_id=item.public_id).update(marking=marking, organisation=organisation)
    Tombstone.objects.create(
        told_by=told,
        negotiation=record.negotiation,
        subject_type=item.noun(),
        subject_id=item.public_id,
        was_marking=was_marking,
        was_organisation=was_organisation,
    )
    for part in parts_of(item):
        if rank(part.marking) < rank(marking):
            if part.IS_STRUCTURE and rank(marking) > rank(Marking.AMBER):
                raise MarkingRefused(_("Structure belongs to this; it cannot be marked so narrowly."))
            withdraw_from(record, part, marking, organisation, readers)


def snapshot_id(organisation: Organisation | None) -> str | None:
    return str(organisation.public_id) if organisation else None


def parts_of(item: MarkedItem) -> list[MarkedItem]:
    """The rows of the same negotiation, locked, that belong to this item or name it."""
    parts: list[MarkedItem] = []
    for kind in [kind for kind in tracked_kinds() if issubclass(kind, MarkedItem)]:
        for name in kind.wholes():
            if kind._meta.get_field(name).related_model is type(item):
                rows = kind.objects.select_for_update(no_key=True, of=("self",)).filter(negotiation=item.negotiation)
                parts += rows.filter(**{name: item}).order_by("pk")
    return parts


def set_embargo(
    item: MarkedItem, *, act: Act, version: int | None, release_at: datetime, release_marking: str
) -> MarkedItem:
    """Have an item widen by itself at a set moment, as the lead approves."""
    check_lead(item, act)
    with writing(item.negotiation, act) as record:
        saved = record.lock(item, version, {"release_at": release_at, "release_marking": release_marking})
        if release_at <= record.now:
            raise RuleError(
                _("Choose a moment that is still to come."), code="past_moment", fields={"release_at": _("is past")}
            )
        if rank(release_marking) >= rank(saved.marking):
            raise MarkingRefused(_("An embargo widens; choose a wider marking."), code="not_wider")
        record.change(saved, "marking.embargoed", release_at=release_at, release_marking=release_marking)
        return saved


def release(item: MarkedItem, *, act: Act) -> MarkedItem:
    """Widen an item whose embargo has passed; nothing happens before its moment or a second time."""
    with writing(item.negotiation, act) as record:
        saved = record.lock(item, None)
        if saved.release_at is not None and saved.release_at <= record.now:
            disclose(record, saved, saved.release_marking)
        return saved


def check_lead(item: MarkedItem, act: Act) -> None:
    """Refuse all but the lead, and the lead without a reason."""
    if role_of(act.actor, item.negotiation) != Role.LEAD:
        raise NotPermitted(_("Only the lead can widen a marking."))
    if not act.reason.strip():
        raise RuleError(_("Say why more people may see this."), code="reason_missing", fields={"reason": _("missing")})
