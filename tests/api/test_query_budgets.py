"""The number of queries does not grow with the number of rows."""

from __future__ import annotations

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from negotiations.services.act import Act
from negotiations.services.claim import make_claim
from negotiations.services.gate import assert_gate
from negotiations.services.negotiation import open_negotiation
from tests.factories import START, Talks

from .calls import LIST, STATE, condition_url

BUDGETS = {LIST: 2, f"{LIST}?as_of=2025-12-08": 4, STATE: 26, f"{STATE}?as_of=2025-12-08": 21}


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


def grow(small: Talks, rows: int) -> None:
    for number in range(rows):
        condition = small.add_condition(f"One more {number}")
        assert_gate(act=small.act(at=START), phase=small.second, condition=condition)
        small.open_dispute(f"Over it {number}", conditions=[condition])
        make_claim(
            act=small.act(at=START), negotiation=small.negotiation, claimant=small.north, kind="fulfilled",
            text="Done.", said_at=START, conditions=[condition],
        )  # fmt: skip
        small.set_status(condition, "in_progress", at=START)
        act = Act(actor=small.cast.lead, effective_at=START)
        open_negotiation(act=act, slug=f"more-{number}", title="More", published=True)


def test_twenty_rows_cost_as_many_queries_as_two(small: Talks, anybody: Client) -> None:
    addresses = [*BUDGETS, condition_url(small.withdrawal)]
    grow(small, 2)
    few = {address: queries(anybody, address) for address in addresses}
    grow_more(small)
    assert {address: queries(anybody, address) for address in addresses} == few
    assert all(few[address] <= budget for address, budget in BUDGETS.items()), few


def grow_more(small: Talks) -> None:
    for number in range(2, 20):
        condition = small.add_condition(f"One more {number}")
        small.open_dispute(f"Over it {number}", conditions=[condition])
        act = Act(actor=small.cast.lead, effective_at=START)
        open_negotiation(act=act, slug=f"more-{number}", title="More", published=True)
