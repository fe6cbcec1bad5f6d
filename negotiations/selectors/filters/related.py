"""Filters by what a row is related to, by id or by what people call it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import django_filters
from django import forms
from django.db.models import Model, Q, QuerySet

from negotiations.models import Actor, MarkedItem, Party, Phase, ThirdParty, User
from negotiations.rules.marking import Viewer

Told = Mapping[str, Any]
LONGEST = 160


class RelatedFilter(django_filters.Filter):  # type: ignore[misc]  # brings no types
    """Rows related to one item: by its id or ref, a phase by its number, an actor by its name or letters.

    An item that the reader may not see is as unknown as one that is not there: nothing relates to it.
    """

    field_class = forms.CharField

    def __init__(self, kind: type[Model], field_name: str | None = None, **more: Any) -> None:
        self.kind = kind
        super().__init__(field_name, "in", max_length=LONGEST, **more)

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        if not value:
            return qs
        found = Q(**{f"{self.field_name}__in": list(self.found(value).values())})
        if qs.model._meta.get_field(self.field_name).many_to_many:
            # By way of their ids: joined, a row would come once for each match.
            return qs.filter(pk__in=qs.model._default_manager.filter(found).values("pk"))
        return qs.filter(found)

    def holds(self, told: Told, value: str) -> bool:
        then = told.get(self.field_name) or ()
        return not self.found(value).keys().isdisjoint([then] if isinstance(then, str) else then)

    def found(self, value: str) -> dict[str, int]:
        """Public id to id of what the value names; asked once however often it is tested."""
        if getattr(self, "_asked", None) != value:
            self._asked = value
            rows = self.rows().filter(named(self.kind, value)).values_list("public_id", "pk")
            self._found: dict[str, int] = {str(public_id): pk for public_id, pk in rows}
        return self._found

    def rows(self) -> QuerySet[Any]:
        """The rows that the value may name."""
        if issubclass(self.kind, MarkedItem):
            return self.kind._default_manager.visible_to(self.parent.viewer).filter(negotiation=self.parent.negotiation)
        return self.kind._default_manager.all()


class PersonFilter(RelatedFilter):
    """Rows that a member owns or wrote: by user name or id, or `me`. Only members are told by whom."""

    def __init__(self, field_name: str, **more: Any) -> None:
        super().__init__(User, field_name, **more)

    def rows(self) -> QuerySet[Any]:
        viewer: Viewer = self.parent.viewer
        if viewer.seat_in(self.parent.negotiation.pk) is None:
            return User.objects.none()
        return User.objects.filter(memberships__negotiation=self.parent.negotiation)

    def found(self, value: str) -> dict[str, int]:
        if value != "me":
            return super().found(value)
        me = self.rows().filter(pk=self.parent.viewer.user_id).values_list("public_id", "pk")
        return {str(public_id): pk for public_id, pk in me}


def named(kind: type[Model], value: str) -> Q:
    """How people call items of a kind, as a filter."""
    is_seat = issubclass(kind, (Party, ThirdParty))
    if (key := _uuid(value)) is not None:
        return Q(public_id=key) | Q(actor__public_id=key) if is_seat else Q(public_id=key)
    if is_seat:
        return Q(actor__short__iexact=value) | Q(actor__name__iexact=value) | Q(actor__name_ar=value)
    if kind is Actor:
        return Q(short__iexact=value) | Q(name__iexact=value) | Q(name_ar=value)
    if kind is User:
        return Q(username=value)
    if kind is Phase:
        is_number = value.isascii() and value.isdecimal() and len(value) <= 6
        return Q(number=int(value)) if is_number else Q(pk__in=[])
    if hasattr(kind, "ref"):
        return Q(ref=value)
    return Q(number=value) if hasattr(kind, "number") and not hasattr(kind, "proposal") else Q(pk__in=[])


def _uuid(value: str) -> UUID | None:
    try:
        return UUID(value)
    except ValueError:
        return None
