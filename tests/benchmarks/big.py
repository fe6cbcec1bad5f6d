"""A negotiation of any size, with three links for each condition, for measuring how reading it grows.

Rows go in by the thousand without entries, which the database lets happen only in a transaction that
is taken back: the guards speak at the commit, and there is none.
"""

from __future__ import annotations

import random
from datetime import timedelta
from itertools import islice

from negotiations.models import Condition, Dispute, DisputedCondition, Gate, Link, Negotiation, Obligation, Phase
from negotiations.rules.codes import ConditionStatus, LinkType
from tests.cast import Cast
from tests.factories import START, Talks, talks

STATUSES = (
    ConditionStatus.NOT_STARTED,
    ConditionStatus.IN_PROGRESS,
    ConditionStatus.PARTLY_MET,
    ConditionStatus.REPORTED_MET,
    ConditionStatus.SUPERSEDED,
)
TIES = (LinkType.REQUIRES, LinkType.CONDITIONAL_ON_VERIFICATION_OF, LinkType.RECIPROCAL_TO)
LINKS_EACH, DISPUTES = 3, 20


def big_negotiation(size: int, cast: Cast) -> Negotiation:
    """A published negotiation with `size` more conditions; the same for the same size."""
    shore = talks(f"big-{size}", cast=cast)
    chance = random.Random(size)
    conditions = Condition.objects.bulk_create(_condition(shore, number, chance) for number in range(size))
    Obligation.objects.bulk_create(Obligation(condition=row, party=shore.northern) for row in conditions)
    Link.objects.bulk_create(_links(shore, conditions, chance), batch_size=5000)
    Gate.objects.bulk_create(
        Gate(negotiation=shore.negotiation, phase=shore.second, condition=row, version=1)
        for row in islice(conditions, 0, None, 4)
    )
    _disputes(shore, conditions, chance)
    return shore.negotiation


def _condition(shore: Talks, number: int, chance: random.Random) -> Condition:
    return Condition(
        negotiation=shore.negotiation,
        phase=shore.first,
        ref=f"C{number + 100}",
        title=f"Obligation {number}",
        category=shore.withdrawal.category,
        status=chance.choice(STATUSES),
        value=chance.randint(0, 20),
        target=20,
        due_anchor="entry_into_force",
        due_offset=timedelta(days=chance.randint(1, 200)),
        review_interval=timedelta(days=7),
        checked_at=START + timedelta(days=chance.randint(0, 30)),
        verifier=shore.monitor,
        beneficiary=shore.southern,
        version=1,
    )


def _links(shore: Talks, conditions: list[Condition], chance: random.Random) -> list[Link]:
    """Three a condition, mostly to later ones; some back, so that there are circles."""
    pairs: dict[tuple[int, int, str], None] = {}
    for place, row in enumerate(conditions):
        for tie in TIES[:LINKS_EACH]:
            other = conditions[(place + chance.choice((1, 2, 3, 5, 8, 13, -2))) % len(conditions)]
            pairs[row.pk, other.pk, tie] = None
    return [
        Link(negotiation=shore.negotiation, condition_id=one, other_id=other, type=tie, version=1)
        for one, other, tie in pairs
        if one != other
    ]


def _disputes(shore: Talks, conditions: list[Condition], chance: random.Random) -> None:
    values = {"category": shore.dispute.category, "type": shore.dispute.type, "opened_at": START, "version": 1}
    rows = Dispute.objects.bulk_create(
        Dispute(negotiation=shore.negotiation, ref=f"D{number + 100}", title="Who goes first", **values)
        for number in range(DISPUTES)
    )
    DisputedCondition.objects.bulk_create(
        DisputedCondition(dispute=row, condition=one) for row in rows for one in chance.sample(conditions, 3)
    )


def phases_of(negotiation: Negotiation) -> list[int]:
    return list(Phase.objects.filter(negotiation=negotiation).order_by("number").values_list("pk", flat=True))
