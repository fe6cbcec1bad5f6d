"""What a write may name: items by id, ref or the name a batch gave them, as far as the caller sees them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from negotiations.models import (
    Actor,
    MarkedItem,
    Membership,
    Negotiation,
    Organisation,
    Party,
    Phase,
    User,
)
from negotiations.rules.marking import Viewer

# Marks a name that an earlier operation of the same batch gave to what it made.
MADE = "$"


@dataclass
class Scope:
    """Who writes, in which negotiation, and what this batch has made so far."""

    viewer: Viewer
    negotiation: Negotiation | None = None
    made: dict[str, Any] = field(default_factory=dict)

    def find(self, kind: type[Model], names: Iterable[str], *, anywhere: bool = False) -> dict[str, Any]:
        """Rows by the names they were called by; what the caller may not see is missing like what is not there.

        `anywhere` looks into every negotiation; a ref then names nothing, because it is only one negotiation's.
        """
        wanted = list(dict.fromkeys(names))
        rows = rows_of(kind, self, anywhere=anywhere).filter(self.called(kind, wanted, anywhere=anywhere)).distinct()
        found: dict[str, Any] = {}
        for row in rows:
            own = names_of(row, anywhere=anywhere)
            found |= {name: row for name in wanted if plain_name(name) in own or self.is_made(name, row)}
        return found

    def called(self, kind: type[Model], names: list[str], *, anywhere: bool) -> Q:
        """The filter that finds rows of a kind by any of their names."""
        ids = [key for key in map(as_uuid, names) if key is not None]
        made = [row.pk for name in names if isinstance(row := self.made_as(name), kind)]
        q = Q(public_id__in=ids) | Q(pk__in=made)
        if issubclass(kind, Party):
            return q | Q(actor__public_id__in=ids)
        if issubclass(kind, Phase):
            return q | Q(number__in=[int(name) for name in names if is_number(name)])
        if issubclass(kind, User):
            return q | Q(username__in=names)
        if issubclass(kind, Negotiation):
            return q | Q(slug__in=names)
        if issubclass(kind, Organisation):
            return q | Q(name__in=names)
        return q | Q(ref__in=names) if getattr(kind, "REF_PREFIX", "") and not anywhere else q

    def made_as(self, name: str) -> Any:
        return self.made.get(name.removeprefix(MADE)) if name.startswith(MADE) else None

    def is_made(self, name: str, row: Model) -> bool:
        return bool(self.made_as(name) == row)


def rows_of(kind: type[Any], scope: Scope, *, anywhere: bool = False) -> QuerySet[Any, Any]:
    """The rows of a kind that the caller may name here."""
    if issubclass(kind, Actor | Negotiation):
        rows: QuerySet[Any, Any] = kind.objects.visible_to(scope.viewer)
        return rows
    if issubclass(kind, MarkedItem):
        rows = kind._default_manager.visible_to(scope.viewer)
        if issubclass(kind, Party):
            rows = rows.select_related("actor")
        return rows if anywhere else rows.filter(negotiation=scope.negotiation)
    seats = Membership.objects.filter(negotiation__in=list(scope.viewer.seats), ended_at__isnull=True)
    if issubclass(kind, User):
        here = seats if anywhere else seats.filter(negotiation=scope.negotiation)
        return kind.objects.filter(pk__in=here.values("user"), is_active=True)
    if issubclass(kind, Organisation):
        return kind.objects.filter(pk__in=seats.values("organisation"))
    raise TypeError(kind)


def names_of(row: Any, *, anywhere: bool) -> set[str]:
    """Every name a row may be called by: its id and what people type."""
    own = {str(row.public_id)}
    match row:
        case Party():
            own.add(str(row.actor.public_id))
        case Phase():
            own.add(str(row.number))
        case User():
            own.add(row.username)
        case Negotiation():
            own.add(row.slug)
        case Organisation():
            own.add(row.name)
        case MarkedItem() if row.REF_PREFIX and not anywhere:
            own.add(row.ref)  # type: ignore[attr-defined]  # kinds with a prefix have refs
    return own


def as_uuid(name: str) -> UUID | None:
    try:
        return UUID(name)
    except ValueError:
        return None


def plain_name(name: str) -> str:
    """A name as `names_of` spells it: an id in its usual form, anything else as it is."""
    key = as_uuid(name)
    return str(key) if key is not None else name


def is_number(name: str) -> bool:
    return name.isascii() and name.isdecimal() and len(name) < 10


def own_organisation(viewer: Viewer, negotiation: Negotiation) -> Organisation | None:
    """The organisation of the viewer's seat in the negotiation."""
    seat = viewer.seat_in(negotiation.pk)
    ids = [seat.organisation_id] if seat is not None and seat.organisation_id is not None else []
    return Organisation.objects.filter(pk__in=ids).first()
