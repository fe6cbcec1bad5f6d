"""A consumer that follows from zero while many write ends with what it may see: in order, none missing or twice."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from negotiations.models import Claim, Entry
from negotiations.rules.marking import ANYBODY
from negotiations.services.claim import edit_claim, make_claim
from negotiations.services.marking import narrow_marking, widen_marking
from tests.factories import START, Talks, talks

from .conftest import signed_in
from .following import Follower

WRITERS, ROUNDS = 8, 6


def poll_all(*followers: Follower) -> None:
    for follower in followers:
        follower.poll()


def at_once(calls: list[Callable[[], None]], meanwhile: Callable[[], object]) -> None:
    """Run the calls in threads of their own, and `meanwhile` again and again until all are done."""
    failed: list[BaseException] = []

    def run(call: Callable[[], None]) -> None:
        try:
            call()
        except BaseException as error:  # noqa: BLE001  told below, in the test's own thread
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[call]) for call in calls]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        meanwhile()
    for thread in threads:
        thread.join()
    assert not failed, failed


def writer(shores: Talks, number: int) -> Callable[[], None]:
    """One person's busy day: claims made wide and narrow, edited, narrowed and widened again."""
    chance = random.Random(number)

    def write() -> None:
        for turn in range(ROUNDS):
            marking = chance.choice(["CLEAR", "CLEAR", "AMBER"])
            claim = state(shores, f"Writer {number}, turn {turn}", marking)
            edit_claim(claim, act=shores.act(), version=None, text=f"Writer {number}, turn {turn}, again")
            if marking == "CLEAR" and chance.random() < 0.5:
                narrow_marking(claim, act=shores.act(), version=None, marking="AMBER")
                marking = "AMBER"
            if marking == "AMBER" and chance.random() < 0.5:
                widen_marking(claim, act=shores.act(shores.cast.lead), version=None, marking="CLEAR")

    return write


def state(shores: Talks, text: str, marking: str) -> Claim:
    return make_claim(
        act=shores.act(), negotiation=shores.negotiation, claimant=shores.north, kind="fulfilled", text=text,
        said_at=START, conditions=[shores.withdrawal], marking=marking,
    )  # fmt: skip


def seqs(rows: list[dict[str, Any]]) -> list[int]:
    numbers = dict(Entry.objects.values_list("public_id", "seq"))
    numbers |= dict(Entry.objects.filter(tombstones__isnull=False).values_list("tombstones__public_id", "seq"))
    by_text = {str(key): seq for key, seq in numbers.items()}
    return [by_text[row["id"]] for row in rows]


def known(rows: list[dict[str, Any]]) -> dict[str, str]:
    """What a consumer holds of claims in the end: their texts by id, less what it was told to forget.

    Who asks after a narrowing is told to forget what they were never told: nothing to do.
    """
    held: dict[str, str] = {}
    for row in rows:
        if row["subject"]["type"] != "claim":
            continue
        if row["type"] == "tombstone":
            held.pop(row["subject"]["id"], None)
        elif "text" in row["changes"]:
            held[row["subject"]["id"]] = row["changes"]["text"][1]
    return held


@pytest.mark.django_db(transaction=True)
def test_nothing_is_missing_twice_or_out_of_order() -> None:
    shores = talks()
    public, member = Follower(Client(), limit=7), Follower(signed_in(shores, "mediator"), limit=7)
    at_once([writer(shores, number) for number in range(WRITERS)], lambda: poll_all(public, member))
    for follower in (public, member):
        follower.catch_up()
        numbers = seqs(follower.rows)
        assert numbers == sorted(set(numbers))
    visible = Entry.objects.visible_to(ANYBODY).filter(negotiation=shores.negotiation)
    assert {str(key) for key in visible.values_list("public_id", flat=True)} <= set(public.ids)
    everything = Entry.objects.filter(negotiation=shores.negotiation).order_by("seq")
    assert member.ids == [str(key) for key in everything.values_list("public_id", flat=True)]
    claims = Claim.objects.visible_to(ANYBODY).filter(negotiation=shores.negotiation)
    assert known(public.rows) == {str(claim.public_id): claim.text for claim in claims}


@pytest.mark.django_db(transaction=True)
def test_who_follows_afterwards_ends_with_the_same() -> None:
    shores = talks()
    early = Follower(Client(), limit=5)
    at_once([writer(shores, number) for number in range(2)], early.poll)
    early.catch_up()
    late = Follower(Client())
    late.catch_up()
    visible = Entry.objects.visible_to(ANYBODY).filter(negotiation=shores.negotiation).order_by("seq")
    told = [row["id"] for row in late.rows if row["type"] == "entry"]
    assert told == [str(key) for key in visible.values_list("public_id", flat=True)]
    assert [row for row in late.rows if row["type"] == "tombstone"] == [
        row for row in early.rows if row["type"] == "tombstone"
    ]
