"""What lists and items hold is what the description says they hold."""

from __future__ import annotations

from django.test import Client

from negotiations.api.resources import RESOURCES
from tests.factories import Talks

from .nouns import ROOT, one_of_each
from .test_description import checker, description

__all__ = ["description"]


def test_lists_and_items_are_as_described(description: dict[str, object], small: Talks, mediator: Client) -> None:
    made = one_of_each(small)
    check = checker(description)
    for noun, one in RESOURCES.items():
        name = one.kind.__name__
        for then in ("", "?as_of=2025-10-12"):
            check(f"{name}Page", mediator.get(f"{ROOT}{one.plural}/{then}").json())
            check(f"{name}Item", mediator.get(f"/api/v1/{one.plural}/{made[noun].public_id}/{then}").json())
    check("CodeDocument", mediator.get("/api/v1/codes/").json())
    check("MeDocument", mediator.get("/api/v1/me/").json())
    check("MeDocument", Client().get("/api/v1/me/").json())
