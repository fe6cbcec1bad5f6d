"""The negotiation that the benchmarks of reading and writing stand on, written by the verbs of the product."""

from __future__ import annotations

from datetime import timedelta

from negotiations.models import Condition, Phase
from negotiations.rules.codes import LinkType
from negotiations.services.claim import make_claim
from negotiations.services.gate import assert_gate
from negotiations.services.link import add_link
from negotiations.services.phase import add_phase
from negotiations.services.position import state_position
from tests.factories import START, Talks, talks

PHASES, CONDITIONS, DISPUTES = 5, 100, 20
STATUSES = ("in_progress", "partly_met", "reported_met")


def newsroom_negotiation(
    slug: str = "newsroom", *, phases: int = PHASES, conditions: int = CONDITIONS, disputes: int = DISPUTES
) -> Talks:
    """Published talks with that many phases, conditions and disputes; each dispute has two positions."""
    small = talks(slug)
    stages = [small.first, small.second, *(_phase(small, number) for number in range(3, phases + 1))]
    more = [_condition(small, number, stages[number % phases]) for number in range(conditions - 2)]
    rows = [small.withdrawal, small.release, *more]
    for place, row in enumerate(rows[:-1]):
        if place % 4 == 0:
            assert_gate(act=small.act(at=START), phase=stages[-1], condition=row)
        if place % 3 == 0:
            add_link(act=small.act(at=START), condition=row, other=rows[place + 1], type=LinkType.REQUIRES)
        if place % 2 == 0:
            small.set_status(row, STATUSES[place % len(STATUSES)], at=START + timedelta(hours=1))
    for number in range(disputes - 1):
        _dispute(small, number, rows[number * 3 : number * 3 + 2])
    return small


def _phase(small: Talks, number: int) -> Phase:
    return add_phase(act=small.act(small.cast.lead, at=START), negotiation=small.negotiation, number=number, title="On")


def _condition(small: Talks, number: int, phase: Phase) -> Condition:
    row = small.add_condition(
        f"Obligation {number}",
        phase=phase,
        text="What the sides agreed to do, in the words of the agreement itself.",
        beneficiary=small.southern,
        verifier=small.monitor,
        target=20,
        unit="trucks",
        due_anchor="entry_into_force",
        due_offset=timedelta(days=10 + number),
        review_interval=timedelta(days=7),
    )
    make_claim(
        act=small.act(at=START), negotiation=small.negotiation, claimant=small.north, kind="fulfilled",
        text="It was done in full.", said_at=START, conditions=[row],
    )  # fmt: skip
    return row


def _dispute(small: Talks, number: int, conditions: list[Condition]) -> None:
    dispute = small.open_dispute(f"Who goes first, {number}", conditions=conditions)
    for actor, stance in ((small.north, "accepts"), (small.south, "rejects")):
        state_position(
            act=small.act(at=START), negotiation=small.negotiation, actor=actor, stance=stance,
            summary="The text says so.", stated_at=START, dispute=dispute,
        )  # fmt: skip
