"""The people of the demonstration, for one-click sign-in where it is allowed."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from negotiations.models import Membership, User
from negotiations.rules.codes import Role

# Accounts of the demonstration are told by their addresses, in the domain reserved for examples.
DOMAIN = "@demonstration.example"


@dataclass(frozen=True, slots=True)
class CastMember:
    """A person one can be in the demonstration."""

    username: str
    name: str
    role_label: str
    organisation: str


def cast_of_the_demonstration() -> list[CastMember]:
    """Everybody of the cast, with what their first seat lets them be."""
    people = list(User.objects.filter(email__endswith=DOMAIN, is_active=True).order_by("pk"))
    seats: dict[int, Membership] = {}
    rows = Membership.objects.filter(user__in=people, ended_at__isnull=True).select_related("organisation")
    for seat in rows.order_by("pk"):
        seats.setdefault(seat.user_id, seat)
    return [_member(person, seats.get(person.pk)) for person in people]


def _member(person: User, seat: Membership | None) -> CastMember:
    label = Role(seat.role).label if seat else _("No seat: sees what anybody sees")
    return CastMember(person.username, str(person), label, seat.organisation.name if seat else "")
