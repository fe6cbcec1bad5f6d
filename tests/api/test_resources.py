"""Every noun is served as a list and as single items."""

from __future__ import annotations

import pytest
from django.test import Client

from negotiations.api.resources import RESOURCES
from tests.factories import Talks

ROOT = "/api/v1/negotiations/two-shores/"


@pytest.mark.parametrize("noun", RESOURCES)
def test_every_noun_has_a_list(small: Talks, mediator: Client, noun: str) -> None:
    response = mediator.get(f"{ROOT}{RESOURCES[noun].plural}/")
    assert response.status_code == 200, response.content
    print(response.json()["results"][:1])
