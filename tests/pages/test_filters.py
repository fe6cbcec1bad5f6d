"""Every list can be narrowed, and what narrows it be kept as a view."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from negotiations.models import User
from negotiations.rules.codes import ViewPage
from tests.factories import Talks

# The lists of the small negotiation that hold anything.
INSIDE = [page for page in ViewPage if page not in ("dashboard", "messages", "incidents")]


@pytest.mark.parametrize("page", INSIDE)
def test_every_list_offers_to_keep_it(shore: Talks, signed_in: Callable[[User], Client], page: ViewPage) -> None:
    told = signed_in(shore.cast.analyst).get(f"/n/two-shores/{page}/").content.decode()
    assert f'<input type="hidden" name="page" value="{page}">' in told


def test_who_is_not_signed_in_has_no_views(shore: Talks, client: Client) -> None:
    assert "views/keep/" not in client.get("/n/two-shores/conditions/").content.decode()
