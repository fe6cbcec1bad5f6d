"""What is kept, and people and words by which these tests tell answers apart."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import redis
from django.conf import settings
from django.test import Client

from negotiations.models import User
from negotiations.rules.codes import Marking, Role
from negotiations.services.act import Act
from negotiations.services.claim import make_claim
from negotiations.services.membership import grant_membership
from tests.cast import person
from tests.factories import START, Talks

from ..calls import STATE

Program = Callable[..., Client]


def kept_keys() -> int:
    with redis.Redis.from_url(settings.REDIS_CACHE_URL) as client:
        return len(client.keys("kept:*"))


def canaries(client: Client) -> tuple[bool, bool]:
    body = client.get(STATE).content.decode()
    return "Canary GREEN" in body, "Canary AMBER" in body


def statement(small: Talks, text: str, person: User, **marks: Any) -> None:
    act = small.act(person, at=START, readers=[person] if marks["marking"] == "RED" else [])
    make_claim(
        act=act, negotiation=small.negotiation, claimant=small.egret, kind="fulfilled",
        text=text, said_at=START, conditions=[small.release], **marks,
    )  # fmt: skip


def colleague(small: Talks) -> User:
    """Somebody with the analyst's reach to the letter."""
    cast, mate = small.cast, person("colleague")
    grant_membership(
        act=Act(actor=cast.lead), negotiation=small.negotiation, user=mate, organisation=cast.observatory,
        role=Role.ANALYST, clearance=Marking.AMBER,
    )  # fmt: skip
    return mate
