"""Verbs on markings: widening discloses, narrowing takes back what can be taken back."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from negotiations.access.viewer import viewer_for
from negotiations.history.verify import tracked_kinds
from negotiations.models import EntryAccess, MarkedItem, NamedReader, Note, Organisation, Tombstone, User
from negotiations.models.snapshot import plain, snapshot
from negotiations.rules.codes import Marking, Role
from negotiations.rules.errors import MarkingRefused, NotPermitted, RuleError
from negotiations.rules.marking import rank

from .act import Act
from .citing import is_within
from .naming import name_readers
from .reach import check_reach
from .record import Record, writing
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
    check_now(record, item)
    item.marking = marking
    check_organisation(item)
    check_reach(item, {})
    item.release_at, item.release_marking = None, ""
    item.version += 1
    item.save(update_fields=["marking", "release_at", "release_marking", "version"])
    keep_circle(item)
    record.tell_all(item, "marking.widened", {})


def keep_circle(item: MarkedItem) -> None:
    """Leave what was written for named persons with them, under an id that nobody is ever added to.

    Otherwise whoever is named when the item is narrowed once more could read what the first circle wrote.
    """
    circle = uuid.uuid4()
    EntryAccess.objects.filter(subject_id=item.public_id, marking=Marking.RED).update(subject_id=circle)
    NamedReader.objects.filter(subject_id=item.public_id).update(subject_id=circle)


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
        named = frozenset(person.pk for person in (*readers, act.actor) if person is not None)
        if marking == Marking.RED and seen_by(saved, named) != named:
            raise MarkingRefused(
                _("Narrowing only takes away: name persons who may see this now."),
                code="reader_added",
                fields={"readers": _("Name persons who may see this now.")},
            )
        withdraw_from(record, saved, marking, organisation or saved.organisation, named)
        return saved


def withdraw_from(
    record: Record, item: MarkedItem, marking: str, organisation: Organisation | None, named: frozenset[int]
) -> None:
    """Narrow a locked item and everything that is part of it, leaving tombstones for who could see it."""
    check_now(record, item)
    was = {name: plain(getattr(item, name)) for name in ("marking", "organisation", "release_at", "release_marking")}
    was_marking, was_organisation = item.marking, item.organisation
    circle = seen_by(item, named) if marking == Marking.RED else frozenset()
    item.marking = marking
    if marking == Marking.AMBER_STRICT:
        item.organisation = organisation
    # An embargo was approved for what the item was then; it would undo this by itself.
    item.release_at, item.release_marking = None, ""
    check_organisation(item)
    name_readers(item, circle)
    check_reach(item, {}, circle)
    item.version += 1
    item.save(update_fields=[*was, "version"])
    now = snapshot(item, was)
    told = record.tell(
        item, "marking.narrowed", {name: [was[name], now[name]] for name in was if was[name] != now[name]}
    )
    wider = [wider for wider in Marking if rank(wider) < rank(marking)]
    EntryAccess.objects.filter(subject_id=item.public_id, marking__in=wider).update(
        marking=marking, organisation=item.organisation
    )
    Tombstone.objects.create(
        told_by=told,
        negotiation=record.negotiation,
        subject_type=item.noun(),
        subject_id=item.public_id,
        was_marking=was_marking,
        was_organisation=was_organisation,
    )
    for part in parts_of(item):
        if is_within(part, item):
            continue
        if rank(part.marking) == rank(marking):
            raise MarkingRefused(_("What belongs to this is shared with others; it cannot be narrowed to you."))
        if part.IS_STRUCTURE and rank(marking) > rank(Marking.AMBER):
            raise MarkingRefused(_("Structure belongs to this; it cannot be marked so narrowly."))
        withdraw_from(record, part, marking, organisation, circle)


def seen_by(item: MarkedItem, people: Iterable[int]) -> frozenset[int]:
    """Those of the people who may see the item as it is saved."""
    rows = type(item).objects.filter(pk=item.pk)
    found = User.objects.filter(pk__in=list(people))
    return frozenset(person.pk for person in found if rows.visible_to(viewer_for(person)).exists())


def check_now(record: Record, item: MarkedItem) -> None:
    """Refuse a marking dated back: who may see an item changes from now on."""
    if record.is_late(item):
        raise RuleError(
            _("A marking changes from now on; it cannot be dated back."),
            code="marking_dated_back",
            fields={"effective_at": _("Leave the moment out: a marking changes from now on.")},
        )


def check_organisation(item: MarkedItem) -> None:
    """Refuse TLP:AMBER+STRICT for nobody's organisation."""
    if item.marking == Marking.AMBER_STRICT and item.organisation is None:
        raise MarkingRefused(
            _("TLP:AMBER+STRICT stays inside an organisation; name it."),
            fields={"organisation": _("Name the organisation.")},
        )


def parts_of(item: MarkedItem) -> list[MarkedItem]:
    """The rows of the same negotiation, locked, that belong to this item or name it."""
    parts: list[MarkedItem] = []
    for kind in [kind for kind in tracked_kinds() if issubclass(kind, MarkedItem)]:
        for name in kind.wholes():
            if kind._meta.get_field(name).related_model is type(item):
                rows = kind.objects.select_for_update(no_key=True, of=("self",)).filter(negotiation=item.negotiation)
                parts += rows.filter(**{name: item}).order_by("pk")
    notes = Note.objects.select_for_update(no_key=True, of=("self",)).filter(negotiation=item.negotiation)
    return [*parts, *notes.filter(subject_id=item.public_id).order_by("pk")]


def set_embargo(
    item: MarkedItem, *, act: Act, version: int | None, release_at: datetime, release_marking: str
) -> MarkedItem:
    """Have an item widen by itself at a set moment, as the lead approves."""
    check_lead(item, act)
    with writing(item.negotiation, act) as record:
        saved = record.lock(item, version, {"release_at": release_at, "release_marking": release_marking})
        if release_at <= record.now:
            raise RuleError(
                _("Choose a moment that is still to come."),
                code="past_moment",
                fields={"release_at": _("Choose a moment that is still to come.")},
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
        why = _("Say why more people may see this.")
        raise RuleError(why, code="reason_missing", fields={"reason": why})
