"""The entries that a digest or the inbox tells a subscriber of: wanted, urgent enough, and of somebody's doing."""

from __future__ import annotations

from django.db.models import Case, Q, QuerySet, Value, When

from negotiations.models import Entry, Subscription
from negotiations.rules.alerts import ALWAYS_URGENT, NOTABLE, URGENT_VALUES
from negotiations.rules.codes import Urgency

from .matching import wanted_entries

# What the tracker records by itself beside what somebody did; an end of coverage set by hand is an edit.
BY_PRODUCTS = frozenset({"negotiation.coverage_moved"})


def asked_for(subscription: Subscription, entries: QuerySet[Entry]) -> QuerySet[Entry]:
    """What a subscription asks for among entries, urgency included; rights are not asked.

    By-products are told to whoever asked for nothing else.
    """
    found = wanted_entries(subscription, entries).filter(of_urgency(subscription.least_urgency))
    if subscription.verbs and BY_PRODUCTS.issuperset(subscription.verbs):
        return found
    return found.exclude(verb__in=BY_PRODUCTS)


def of_urgency(least: str) -> Q:
    """Entries of this urgency and above: the rule of alerts, put to the database before anything is cut off."""
    match Urgency(least):
        case Urgency.ROUTINE:
            return Q()
        case Urgency.NOTABLE:
            return Q(verb__in=NOTABLE | ALWAYS_URGENT)
        case Urgency.URGENT:
            return _urgent()


def by_urgency() -> Case:
    """The same as a place to order by, the most urgent first."""
    notable = When(of_urgency(Urgency.NOTABLE), then=Value(1))
    return Case(When(_urgent(), then=Value(0)), notable, default=Value(2))


def _urgent() -> Q:
    found = Q(verb__in=ALWAYS_URGENT)
    for verb, (field, values) in URGENT_VALUES.items():
        found |= Q(verb=verb, **{f"payload__changes__{field}__1__in": sorted(values)})
    return found
