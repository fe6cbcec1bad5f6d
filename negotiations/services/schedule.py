"""Due and planned moments, checked against everything they are counted from before they are kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import copy
from typing import Any

from django.utils.translation import gettext as _

from negotiations.models import Condition, Link, Negotiation, Phase
from negotiations.rules import facts
from negotiations.rules.anchors import Event, Happening, check_terms, terms_of
from negotiations.rules.deadlines import check_due
from negotiations.selectors.reckoning import fact

TIMED = ("due_", "planned_", "extended_to", "long_stop_at")


def is_timed(fields: Iterable[str]) -> bool:
    """Whether a change touches a moment that something is due or planned at."""
    return any(name.startswith(TIMED) for name in fields)


def check_due_fields(condition: Condition, fields: Mapping[str, Any]) -> None:
    """Raise DeadlineRefused unless the due moment that the condition would have is whole."""
    if is_timed(fields):
        proposed = copy(condition)
        for name, value in fields.items():
            setattr(proposed, name, value)
        check_due(fact(facts.Condition, proposed, obligors=()))


def check_circles(negotiation: Negotiation, fields: Iterable[str]) -> None:
    """Raise DeadlineRefused, naming the circle, if a moment just written hangs on itself.

    To be asked inside the transaction that wrote it, which then keeps nothing.
    """
    if not is_timed(fields):
        return
    conditions = {row.pk: row for row in Condition.objects.filter(negotiation=negotiation)}
    phases = {row.pk: row for row in Phase.objects.filter(negotiation=negotiation)}
    links = Link.objects.filter(negotiation=negotiation, withdrawn_at__isnull=True)
    terms = terms_of(
        [fact(facts.Condition, row, obligors=()) for row in conditions.values()],
        [fact(facts.Phase, row) for row in phases.values()],
        [fact(facts.Link, row) for row in links],
        entry_into_force_at=negotiation.entry_into_force_at,
    )

    def name(point: Happening) -> str:
        if point.event is Event.MET:
            return str(conditions[point.key].ref)
        if point.event is Event.IN_FORCE:
            return _("entry into force")
        return _("phase %(number)s") % {"number": phases[point.key].number}

    check_terms(terms, name)
