"""From an account to a viewer with its seats."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser

from negotiations.models import Membership, User
from negotiations.rules.codes import Marking, Role
from negotiations.rules.marking import ANYBODY, Seat, Viewer


def viewer_for(user: User | AnonymousUser | None) -> Viewer:
    """The viewer behind an account, with the seats held now: one query, none for anybody."""
    if user is None or isinstance(user, AnonymousUser) or not user.is_active:
        return ANYBODY
    rows = Membership.objects.filter(user=user, ended_at__isnull=True).values_list(
        "negotiation_id", "role", "clearance", "organisation_id"
    )
    return Viewer(
        user_id=user.pk,
        seats={
            negotiation_id: Seat(Role(role), Marking(clearance), organisation_id)
            for negotiation_id, role, clearance, organisation_id in rows
        },
    )
