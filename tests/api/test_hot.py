"""Kept documents: the same bytes as made ones, never for another reader, language or moment."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import redis
import time_machine
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from negotiations.api import hot
from negotiations.api.shelf import Shelf, shelf
from negotiations.models import AccessLogRow, User
from negotiations.rules.codes import Marking, Role
from negotiations.services.act import Act
from negotiations.services.claim import make_claim
from negotiations.services.condition import edit_condition
from negotiations.services.marking import narrow_marking
from negotiations.services.membership import change_membership, end_membership, grant_membership
from negotiations.services.negotiation import edit_negotiation, open_negotiation, publish_negotiation
from negotiations.services.token import create_token, revoke_token
from tests.cast import person
from tests.factories import START, Talks, talks

from .calls import STATE, lasting

Program = Callable[..., Client]


@pytest.fixture(autouse=True)
def _empty_shelf() -> Iterator[None]:
    with redis.Redis.from_url(settings.REDIS_CACHE_URL) as client:
        client.flushdb()
        shelf().believe_back()
        yield
        client.flushdb()


@pytest.fixture
def program(small: Talks) -> Program:
    """A client that sends a token of somebody, by name where they are of the cast."""

    def made(who: User | str) -> Client:
        owner = getattr(small.cast, who) if isinstance(who, str) else who
        _token, secret = create_token(owner, name="Program")
        return Client(headers={"authorization": f"Bearer {secret}"})

    return made


@pytest.fixture
def makings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """One line for each document that had to be made."""
    found: list[str] = []
    keep = hot._keep

    def counted(question: hot.Question, *rest: Any) -> None:
        found.append(question.about)
        keep(question, *rest)

    monkeypatch.setattr(hot, "_keep", counted)
    return found


def kept_keys() -> int:
    with redis.Redis.from_url(settings.REDIS_CACHE_URL) as client:
        return len(client.keys("kept:*"))


@pytest.mark.parametrize("who", [None, "reader", "analyst", "mediator", "outsider"])
def test_a_kept_answer_is_the_made_one(
    small: Talks, anybody: Client, program: Program, makings: list[str], who: str | None
) -> None:
    small.add_condition(marking="AMBER")
    client = program(who) if who else anybody
    first, second = client.get(STATE), client.get(STATE)
    assert len(makings) == 1
    assert (second.content, lasting(second)) == (first.content, lasting(first))
    held = client.get(STATE, headers={"if-none-match": first.headers["ETag"]})
    assert (held.status_code, held.content, held.headers["ETag"]) == (304, b"", first.headers["ETag"])


@pytest.mark.parametrize("who", [None, "analyst"])
def test_a_kept_answer_costs_one_statement(small: Talks, anybody: Client, program: Program, who: str | None) -> None:
    client = program(who) if who else anybody
    etag = client.get(STATE).headers["ETag"]
    for headers in ({}, {"if-none-match": etag}):
        with CaptureQueriesContext(connection) as queries:
            client.get(STATE, headers=headers)
        assert len(queries) == 1


def test_a_hidden_write_changes_no_byte_for_the_public(small: Talks, anybody: Client, makings: list[str]) -> None:
    before = anybody.get(STATE)
    hidden = small.add_condition("Hidden canary", marking="AMBER")
    small.set_status(hidden, "in_progress")
    after = anybody.get(STATE)
    assert (after.content, lasting(after)) == (before.content, lasting(before))
    assert len(makings) == 2


def test_a_write_is_seen_at_once(small: Talks, anybody: Client) -> None:
    anybody.get(STATE)
    small.set_status(small.release, "in_progress")
    assert anybody.get(STATE).json()["conditions"][1]["status"] == "in_progress"


def test_a_narrower_marking_is_kept_from_the_next_reader(small: Talks, anybody: Client) -> None:
    assert small.release.title in anybody.get(STATE).content.decode()
    act = small.act(small.cast.lead)
    narrow_marking(small.release, act=act, version=small.release.version, marking=Marking.AMBER)
    assert small.release.title not in anybody.get(STATE).content.decode()


def test_readers_of_different_reach_never_mix(small: Talks, anybody: Client, program: Program) -> None:
    titles = {marking: f"Canary {marking}" for marking in ("GREEN", "AMBER")}
    for marking, title in titles.items():
        small.add_condition(title, marking=marking)
    clients = [anybody, *(program(name) for name in ("outsider", "reader", "analyst", "mediator", "other_mediator"))]
    for _round in range(2):
        seen = [[title in client.get(STATE).content.decode() for title in titles.values()] for client in clients]
        assert seen == [[False, False], [False, False], [True, False], [True, True], [True, True], [True, True]]


def test_a_member_elsewhere_is_neither_anybody_nor_at_home(small: Talks, anybody: Client, program: Program) -> None:
    small.add_condition("Canary GREEN", marking="GREEN")
    small.add_condition("Canary AMBER", marking="AMBER")
    stranger = program("outsider")
    assert canaries(stranger) == (False, False)
    seat_in_another(small)
    assert [canaries(one) for one in (stranger, anybody, stranger)] == [(True, False), (False, False), (True, False)]


def canaries(client: Client) -> tuple[bool, bool]:
    body = client.get(STATE).content.decode()
    return "Canary GREEN" in body, "Canary AMBER" in body


def seat_in_another(small: Talks) -> None:
    """The outsider becomes a reader of talks that have nothing to do with these."""
    cast = small.cast
    other = open_negotiation(act=Act(actor=cast.lead, effective_at=START), slug="third", title="Third")
    act = Act(actor=cast.lead)
    grant_membership(act=act, negotiation=other, user=cast.outsider, organisation=cast.newsroom, role=Role.READER)


def test_each_organisation_is_told_its_own(small: Talks, program: Program) -> None:
    for name in ("harbour", "lakeside"):
        own = getattr(small.cast, name)
        person = small.cast.mediator if name == "harbour" else small.cast.other_mediator
        statement(small, f"Canary of {name}", person, marking="AMBER+STRICT", organisation=own)
    ours, theirs = program("mediator"), program("other_mediator")
    for _round in range(2):
        assert "Canary of lakeside" not in ours.get(STATE).content.decode()
        assert "Canary of harbour" in ours.get(STATE).content.decode()
        assert "Canary of harbour" not in theirs.get(STATE).content.decode()
        assert "Canary of lakeside" in theirs.get(STATE).content.decode()


def statement(small: Talks, text: str, person: User, **marks: Any) -> None:
    act = small.act(person, at=START, readers=[person] if marks["marking"] == "RED" else [])
    make_claim(
        act=act, negotiation=small.negotiation, claimant=small.egret, kind="fulfilled",
        text=text, said_at=START, conditions=[small.release], **marks,
    )  # fmt: skip


def test_nothing_is_kept_of_or_for_who_is_named_on_something_red(small: Talks, program: Program) -> None:
    analyst, mate = program("analyst"), program(colleague(small))
    mate.get(STATE)
    before = kept_keys()
    statement(small, "Canary RED", small.cast.analyst, marking="RED")
    for _round in range(2):
        assert "Canary RED" in analyst.get(STATE).content.decode()
    assert kept_keys() == before
    assert "Canary RED" not in mate.get(STATE).content.decode()


def colleague(small: Talks) -> User:
    """Somebody with the analyst's reach to the letter."""
    cast, mate = small.cast, person("colleague")
    grant_membership(
        act=Act(actor=cast.lead), negotiation=small.negotiation, user=mate, organisation=cast.observatory,
        role=Role.ANALYST, clearance=Marking.AMBER,
    )  # fmt: skip
    return mate


def test_a_seat_that_ends_or_changes_counts_at_once(small: Talks, program: Program) -> None:
    small.add_condition("Canary AMBER", marking="AMBER")
    small.add_condition("Canary GREEN", marking="GREEN")
    client, seat = program("analyst"), small.cast.analyst.memberships.get()
    act = Act(actor=small.cast.lead)
    assert canaries(client) == (True, True)
    seat = change_membership(seat, act=act, version=None, role=Role.READER, clearance=Marking.GREEN)
    assert canaries(client) == (True, False)
    end_membership(seat, act=act, version=None)
    assert canaries(client) == (False, False)


def test_a_revoked_or_expired_token_opens_nothing_kept(small: Talks) -> None:
    token, secret = create_token(small.cast.analyst, name="Program", days=1)
    client = Client(headers={"authorization": f"Bearer {secret}"})
    etag = client.get(STATE).headers["ETag"]
    with time_machine.travel(datetime.now(tz=UTC) + timedelta(days=2), tick=False):
        assert client.get(STATE, headers={"if-none-match": etag}).status_code == 401
    assert client.get(STATE).status_code == 200
    revoke_token(token)
    assert client.get(STATE, headers={"if-none-match": etag}).status_code == 401


def test_publishing_and_its_end_count_at_once(small: Talks, anybody: Client) -> None:
    assert anybody.get(STATE).status_code == 200
    act, negotiation = Act(actor=small.cast.lead, reason="Decided."), small.negotiation
    negotiation.refresh_from_db()
    closed = edit_negotiation(negotiation, act=act, version=negotiation.version, published=False)
    assert anybody.get(STATE).status_code == 404
    publish_negotiation(closed, act=act, version=closed.version)
    assert anybody.get(STATE).status_code == 200


def test_languages_and_hosts_never_mix(small: Talks, anybody: Client) -> None:
    for _round in range(2):
        assert anybody.get(STATE).json()["language"] == "en"
        assert anybody.get(STATE, {"lang": "ar"}).json()["language"] == "ar"
        arabic = anybody.get(STATE, headers={"accept-language": "ar"})
        assert (arabic.json()["language"], arabic.headers["Content-Language"]) == ("ar", "ar")
        assert "localhost" in anybody.get(STATE, headers={"host": "localhost"}).json()["permalink"]
        assert "127.0.0.1" in anybody.get(STATE, headers={"host": "127.0.0.1"}).json()["permalink"]


def test_what_is_kept_ends_when_a_flag_flips(small: Talks, anybody: Client) -> None:
    due = datetime.now(tz=UTC) + timedelta(minutes=3)
    small.add_condition(due_anchor="date", due_at=due, at=None)
    assert anybody.get(STATE).json()["conditions"][-1]["due"]["is_overdue"] is False
    with time_machine.travel(due + timedelta(seconds=1), tick=False):
        assert anybody.get(STATE).json()["conditions"][-1]["due"]["is_overdue"] is True


def test_what_is_kept_ends_with_coverage(small: Talks, anybody: Client) -> None:
    end = datetime.now(tz=UTC) + timedelta(minutes=3)
    small.negotiation.refresh_from_db()
    act = Act(actor=small.cast.lead, reason="Decided.")
    edit_negotiation(small.negotiation, act=act, version=small.negotiation.version, coverage_end=end)
    assert anybody.get(STATE).json()["coverage_has_ended"] is False
    with time_machine.travel(end + timedelta(seconds=1), tick=False):
        assert anybody.get(STATE).json()["coverage_has_ended"] is True


def test_a_past_moment_is_kept_apart_and_today_not_at_all(small: Talks, anybody: Client, makings: list[str]) -> None:
    small.set_status(small.release, "in_progress")
    for _round in range(2):
        assert anybody.get(STATE, {"as_of": "2025-12-08"}).json()["conditions"][1]["status"] == "not_assessed"
        assert anybody.get(STATE).json()["conditions"][1]["status"] == "in_progress"
    assert len(makings) == 2
    before, today = kept_keys(), f"{datetime.now(tz=ZoneInfo('Asia/Jerusalem')):%Y-%m-%d}"
    assert anybody.get(STATE, {"as_of": today}).status_code == 200
    assert kept_keys() == before


def test_an_earlier_negotiation_that_is_narrowed_is_gone_at_once(small: Talks, anybody: Client) -> None:
    earlier = talks("earlier", cast=small.cast)
    act = small.act(small.cast.mediator)
    edit_condition(small.release, act=act, version=None, corresponds_to=earlier.release)
    assert last_time_of(anybody)["ref"] == earlier.release.ref
    lead = earlier.act(small.cast.lead)
    narrow_marking(earlier.release, act=lead, version=None, marking=Marking.AMBER)
    assert last_time_of(anybody) is None


def last_time_of(client: Client) -> Any:
    return client.get(STATE).json()["conditions"][1]["last_time"]


def test_without_redis_it_is_made_each_time(
    small: Talks, anybody: Client, makings: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = anybody.get(STATE)
    monkeypatch.setattr(shelf(), "_away_until", float("inf"))
    after = [anybody.get(STATE) for _round in range(2)]
    assert {one.content for one in after} == {before.content}
    assert len(makings) == 3
    shelf().believe_back()
    assert anybody.get(STATE).content == before.content
    assert len(makings) == 3


def test_a_redis_that_is_gone_is_asked_once_in_a_while() -> None:
    gone, asked = Shelf("redis://127.0.0.1:1/0"), []
    assert [gone.ask(lambda pipeline: asked.append(pipeline.get("x"))) for _try in range(3)] == [None] * 3
    assert len(asked) == 1


def test_a_write_between_making_and_keeping_keeps_nothing(
    small: Talks, anybody: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    seconds = hot._seconds_true

    def meanwhile(*facts: Any) -> int:
        small.set_status(small.release, "in_progress")
        return seconds(*facts)

    monkeypatch.setattr(hot, "_seconds_true", meanwhile)
    anybody.get(STATE)
    assert kept_keys() == 0


def test_a_kept_answer_is_in_the_access_log(small: Talks, anybody: Client, program: Program) -> None:
    small.add_condition(marking="AMBER")
    mate = colleague(small)
    for client in (program("analyst"), program(mate), program("reader"), anybody):
        client.get(STATE)
    rows = AccessLogRow.objects.filter(subject_id=small.negotiation.public_id, marking="AMBER")
    assert {row.user for row in rows} == {small.cast.analyst, mate}


@pytest.mark.parametrize("query", [{"lang": "xx"}, {"as_of": "never"}, {"as_of": "2999-01-01"}, {"x": "1"}])
def test_what_is_refused_or_unusual_is_never_kept(small: Talks, anybody: Client, query: dict[str, str]) -> None:
    anybody.get(STATE, query)
    assert kept_keys() == 0


def test_a_session_goes_the_long_way(small: Talks, mediator: Client) -> None:
    assert mediator.get(STATE).status_code == 200
    assert kept_keys() == 0
