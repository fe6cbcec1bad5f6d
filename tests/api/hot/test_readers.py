"""A kept document is never for another reader, language or host."""

from __future__ import annotations

from django.test import Client

from negotiations.models import AccessLogRow
from negotiations.rules.codes import Role
from negotiations.services.act import Act
from negotiations.services.membership import grant_membership
from negotiations.services.negotiation import open_negotiation
from tests.factories import START, Talks

from ..calls import STATE
from .shelved import Program, canaries, colleague, kept_keys, statement


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


def test_nothing_is_kept_of_or_for_who_is_named_on_something_red(small: Talks, program: Program) -> None:
    analyst, mate = program("analyst"), program(colleague(small))
    mate.get(STATE)
    before = kept_keys()
    statement(small, "Canary RED", small.cast.analyst, marking="RED")
    for _round in range(2):
        assert "Canary RED" in analyst.get(STATE).content.decode()
    assert kept_keys() == before
    assert "Canary RED" not in mate.get(STATE).content.decode()


def test_languages_and_hosts_never_mix(small: Talks, anybody: Client) -> None:
    for _round in range(2):
        assert anybody.get(STATE).json()["language"] == "en"
        assert anybody.get(STATE, {"lang": "ar"}).json()["language"] == "ar"
        arabic = anybody.get(STATE, headers={"accept-language": "ar"})
        assert (arabic.json()["language"], arabic.headers["Content-Language"]) == ("ar", "ar")
        assert "localhost" in anybody.get(STATE, headers={"host": "localhost"}).json()["permalink"]
        assert "127.0.0.1" in anybody.get(STATE, headers={"host": "127.0.0.1"}).json()["permalink"]


def test_a_kept_answer_is_in_the_access_log(small: Talks, anybody: Client, program: Program) -> None:
    small.add_condition(marking="AMBER")
    mate = colleague(small)
    for client in (program("analyst"), program(mate), program("reader"), anybody):
        client.get(STATE)
    rows = AccessLogRow.objects.filter(subject_id=small.negotiation.public_id, marking="AMBER")
    assert {row.user for row in rows} == {small.cast.analyst, mate}
