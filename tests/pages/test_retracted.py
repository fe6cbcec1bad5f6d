"""Wherever the status of a condition stands, it says when what it rests on was taken back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from negotiations.models import User
from negotiations.services.condition import edit_condition
from negotiations.services.instrument import add_clause
from negotiations.services.link import add_link
from negotiations.services.source import retract_source
from tests.factories import START, Talks
from tests.services import facts

FLAG = "rests on a retracted source"
SignIn = Callable[[User], Client]


@pytest.fixture
def shaken(shore: Talks) -> Talks:
    """The status of the withdrawal rests on a source taken back since; a clause, a dispute and a condition name it."""
    clause = add_clause(act=shore.act(at=START), instrument=facts.instrument(shore), number="4", text="Forces leave.")
    edit_condition(shore.withdrawal, act=shore.act(at=START), version=None, clause=clause, owner=shore.cast.mediator)
    add_link(act=shore.act(at=START), condition=shore.release, other=shore.withdrawal, type="requires")
    retract_source(shore.source, act=shore.act(), version=None)
    return shore


def listed(page: str) -> str:
    """The last item of a list that names the withdrawal."""
    return [item for item in page.split("<li") if ">C1</span>" in item][-1].split("</li>")[0]


@pytest.mark.parametrize("place", ["text", "disputes/D1", "conditions/C2"])
def test_pages_that_list_the_condition_say_so(shaken: Talks, client: Client, place: str) -> None:
    assert FLAG in listed(client.get(f"/n/two-shores/{place}/").content.decode())


def test_what_is_mine_to_check_says_so(shaken: Talks, signed_in: SignIn) -> None:
    page = signed_in(shaken.cast.mediator).get("/").content.decode()
    assert FLAG in listed(page[page.index("Yours to check") :].split("</section>")[0])
