"""How far an item and its entries may be seen, checked against everything it belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import copy
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.translation import gettext as _

from negotiations.models import Entry, EntryAccess, MarkedItem, Negotiation, Note, Tracked, User
from negotiations.rules.codes import Marking
from negotiations.rules.errors import RuleError
from negotiations.rules.marking import check_clearance, check_structure, check_within, rank

from .citing import readers_of
from .roles import seat_of
from .subject import kind_of


def wholes_of(item: MarkedItem, relations: Mapping[str, Iterable[models.Model]]) -> list[Tracked]:
    """The negotiation and every item that this one is a part of or names."""
    wholes: list[Tracked] = [item.negotiation]
    for name in item.wholes():
        if item._meta.get_field(name).many_to_many:
            related = relations.get(name)
            rows = related if related is not None else getattr(item, name).all() if item.pk else []
            wholes += [row for row in rows if isinstance(row, Tracked)]
        elif (whole := getattr(item, name)) is not None:
            wholes.append(whole)
    if isinstance(item, Note):
        wholes += kind_of(item.subject_type)._default_manager.filter(public_id=item.subject_id)
    return wholes


def check_own_reach(item: MarkedItem, actor: User | None) -> None:
    """Refuse an item that its author could not read, or that is another organisation's own.

    Whoever holds no seat sets a negotiation up as its operator; the doors let nobody else write.
    """
    if (seat := seat_of(actor, item.negotiation)) is not None:
        check_clearance(item.marking, seat, item.organisation_id)


def check_ties(item: MarkedItem, values: Mapping[str, Any], relations: Mapping[str, Iterable[models.Model]]) -> None:
    """Check the home and the reach that a locked item would have with new values, without touching it."""
    if not relations and not any(isinstance(value, models.Model) for value in values.values()):
        return
    proposed = copy(item)
    for name, value in values.items():
        setattr(proposed, name, value)
    check_home(proposed, relations)
    check_reach(proposed, relations, readers_of(item))


def check_reach(
    item: MarkedItem, relations: Mapping[str, Iterable[models.Model]], readers: frozenset[int] = frozenset()
) -> None:
    """Refuse a marking above AMBER on structure, or wider than that of anything the item names.

    `readers` are the ids of the persons that a RED item names.
    """
    if item.IS_STRUCTURE:
        check_structure(item.marking)
    named = readers if item.marking == Marking.RED else frozenset()
    for whole in wholes_of(item, relations):
        check_within(
            item.marking,
            whole.marking,  # type: ignore[attr-defined]  # wholes are negotiations or marked items
            part_organisation=item.organisation_id,
            whole_organisation=None if isinstance(whole, Negotiation) else whole.organisation_id,  # type: ignore[attr-defined]
            part_readers=named,
            whole_readers=readers_of(whole),
        )


def check_home(item: MarkedItem, relations: Mapping[str, Iterable[models.Model]]) -> None:
    """Refuse ties to items of another negotiation, but for the earlier attempt a condition resembles."""
    for field in item._meta.concrete_fields:
        if field.is_relation and field.name != "corresponds_to":
            check_same(item, field.name, [getattr(item, field.name)])
    for name, rows in relations.items():
        check_same(item, name, rows)


def check_same(item: MarkedItem, name: str, rows: Iterable[models.Model | None]) -> None:
    if any(isinstance(row, MarkedItem) and row.negotiation_id != item.negotiation_id for row in rows):
        raise RuleError(
            _("Choose something of this negotiation."),
            code="other_negotiation",
            fields={name: _("This belongs to another negotiation.")},
        )


def reach_of(item: Tracked, supersedes: Entry | None, negotiation: Negotiation | None) -> tuple[str, int | None, UUID]:
    """Marking, organisation and id of the named readers of a new entry: its item's, or narrower.

    An entry that says again what fewer may read than the item is today stays with those few.
    """
    marking = str(getattr(item, "marking", Marking.CLEAR if negotiation is None else Marking.AMBER))
    before = EntryAccess.objects.filter(entry=supersedes).first() if supersedes is not None else None
    if before is not None and rank(before.marking) > rank(marking):
        return before.marking, before.organisation_id, before.subject_id
    return marking, getattr(item, "organisation_id", None), item.public_id
