"""Who keeps conditions current: handing several over at once."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from negotiations.models import Condition, Membership, User
from negotiations.rules.errors import RuleError

from .act import Act
from .condition import check_condition, edit_condition


def hand_over(conditions: Iterable[tuple[Condition, int]], *, act: Act, owner: User | None) -> int:
    """Give conditions, each at the version it was chosen at, to another member or to nobody; all of them or none."""
    with transaction.atomic():
        count = 0
        for condition, version in conditions:
            if owner is not None:
                _check_member(condition, owner)
            edit_condition(condition, act=act, version=version, owner=owner)
            count += 1
    return count


def check_several(conditions: Iterable[tuple[Condition, int]], *, act: Act, where: str) -> int:
    """Record of several conditions at once that somebody looked in one place; all of them or none."""
    with transaction.atomic():
        count = 0
        for condition, version in conditions:
            check_condition(condition, act=act, version=version, where=where)
            count += 1
    return count


def _check_member(condition: Condition, owner: User) -> None:
    seats = Membership.objects.filter(negotiation=condition.negotiation_id, user=owner, ended_at__isnull=True)
    if not seats.exists():
        why = _("Choose a member of this negotiation.")
        raise RuleError(why, code="owner_not_member", fields={"owner": why})
