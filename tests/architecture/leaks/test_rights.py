"""Each form with and without the right to its verb: it opens and takes what is sent, or is refused."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from negotiations.models import Entry
from negotiations.pages.forms.steps import STEPS
from negotiations.rules.codes import Role
from negotiations.rules.permissions import may

from .conftest import settled
from .forms import pages_of
from .world import World, bare

SEATS = {"reader": Role.READER, "analyst": Role.ANALYST, "mediator": Role.MEDIATOR, "lead": Role.LEAD}


@pytest.fixture(scope="module")
def standing(apart: None) -> World:
    return settled(bare())


@pytest.mark.parametrize("step", [*STEPS.values()], ids=lambda step: f"{step.noun}-{step.name}")
def test_a_form_is_for_who_has_the_right(world: World, step: Any) -> None:
    before = Entry.objects.count()
    for url in pages_of(world, step):
        for who, role in SEATS.items():
            client, refused = world.client(who), not may(role, step.verb)
            # A step that makes no sense for this very item is not there for anybody.
            assert client.get(url).status_code in ((403, 404) if refused else (200, 404)), (url, who)
            assert client.post(url, {}).status_code in ((403, 404) if refused else (404, 422)), (url, who)
        for who in ("outsider", "elsewhere", "administrator"):
            assert world.client(who).post(url, {}).status_code in (403, 404), (url, who)
        assert Client().post(url, {}).status_code in (302, 404)
    assert Entry.objects.count() == before


@pytest.mark.parametrize("step", [*STEPS.values()], ids=lambda step: f"{step.noun}-{step.name}")
def test_every_step_has_a_page_to_ask(world: World, step: Any) -> None:
    assert pages_of(world, step) or step.noun in ("proposedfinding",), f"Say in forms.py where {step} is taken."
