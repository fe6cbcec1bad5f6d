"""The only ways to reach an object: hidden is not there (404), seen but not allowed is refused (403)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.http import Http404
from django.utils.translation import gettext as _

from negotiations.models import MarkedItem, Negotiation, User
from negotiations.rules.codes import Role
from negotiations.rules.marking import Viewer
from negotiations.rules.permissions import may
from negotiations.rules.verbs import VERBS

Item = TypeVar("Item", bound=MarkedItem)


def find_negotiation(viewer: Viewer, slug: str) -> Negotiation:
    """The negotiation, or Http404 that is the same for hidden and for unknown ones."""
    found: Negotiation = one(Negotiation.objects.visible_to(viewer), slug=slug)
    return found


def find(kind: type[Item], viewer: Viewer, negotiation: Negotiation | None = None, **lookup: Any) -> Item:
    """The item by any of its names, or Http404 that is the same for hidden and for unknown ones."""
    rows = kind._default_manager.visible_to(viewer).select_related("negotiation")
    if negotiation is not None:
        lookup["negotiation"] = negotiation
    found: Item = one(rows, **lookup)
    return found


def one(rows: models.QuerySet[Any], **lookup: Any) -> Any:
    """The single row, or Http404; a malformed id is an unknown one."""
    try:
        return rows.get(**lookup)
    except (rows.model.DoesNotExist, ValidationError, ValueError):
        raise Http404(_("There is nothing here.")) from None


def require(viewer: Viewer, negotiation: Negotiation, verb: str) -> None:
    """Raise PermissionDenied unless the viewer's seat in the negotiation allows the verb."""
    seat = viewer.seat_in(negotiation.pk)
    if not may(seat.role if seat else None, verb):
        raise PermissionDenied(_("Your role in this negotiation does not allow this."))


def require_any(viewer: Viewer, negotiation: Negotiation, verbs: Iterable[str]) -> None:
    """Raise PermissionDenied unless the viewer's seat in the negotiation allows at least one of the verbs."""
    seat = viewer.seat_in(negotiation.pk)
    if not any(may(seat.role if seat else None, verb) for verb in verbs):
        raise PermissionDenied(_("Your role in this negotiation does not allow this."))


def require_seat(viewer: Viewer, negotiation: Negotiation) -> None:
    """Raise PermissionDenied unless the viewer holds a seat in the negotiation."""
    if viewer.seat_in(negotiation.pk) is None:
        raise PermissionDenied(_("Your role in this negotiation does not allow this."))


def may_open(viewer: Viewer, person: User) -> bool:
    """Whether the person may open a negotiation: who leads one, and administrators of the site."""
    return person.is_staff or any(seat.role == Role.LEAD for seat in viewer.seats.values())


def allowed_actions(viewer: Viewer, negotiation: Negotiation, noun: str) -> list[str]:
    """The verbs on a kind of item that the viewer's seat allows, those on its marking among them."""
    seat, starts = viewer.seat_in(negotiation.pk), (f"{noun}.", "marking.")
    return [verb for verb in VERBS if verb.startswith(starts) and may(seat.role if seat else None, verb)]
