"""Search finds what a reader may see, in both languages, and nothing else moves what they get."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from negotiations.rules.codes import Marking
from negotiations.rules.marking import ANYBODY
from negotiations.selectors.search import query_of, search, search_in
from negotiations.selectors.search_fields import BY_NOUN, SEARCHED
from tests.factories import Talks
from tests.services import facts


def body(client: Client, query: str, **more: str) -> str:
    return client.get("/search/", {"q": query, **more}).content.decode()


@pytest.mark.parametrize("typed", ["C1", "c1", "c-1", "C 1"])
def test_a_ref_leads_to_its_page(shore: Talks, client: Client, typed: str) -> None:
    assert client.get("/search/", {"q": typed}).headers["Location"] == "/n/two-shores/conditions/C1/"


def test_a_hidden_ref_leads_nowhere(shore: Talks, client: Client) -> None:
    hidden = shore.add_condition("Hidden bridge", marking=Marking.AMBER)
    assert client.get("/search/", {"q": hidden.ref}).content == client.get("/search/", {"q": hidden.ref}).content
    assert "Nothing found" in body(client, hidden.ref)


@pytest.mark.parametrize("typed", ["withdrawing", "Withdraw", "withdr", '"agreed line"', "line -river"])
def test_words_are_found_by_stem_beginning_and_phrase(shore: Talks, client: Client, typed: str) -> None:
    assert "Withdraw to the agreed line" in body(client, typed)


@pytest.mark.parametrize("typed", ["الانسحاب", "انسحاب", "انسحا"])
def test_arabic_words_are_found_by_arabic_rules(shore: Talks, client: Client, typed: str) -> None:
    shore.add_condition("Pull back", title_ar="انسحاب القوات إلى الخط المتفق عليه")
    assert "Pull back" in body(client, typed)


@pytest.mark.parametrize("typed", ["الانسح", "والانسحا", "أسر", "اسرى", "انسِحاب"])
def test_arabic_beginnings_need_no_article_and_no_signs(shore: Talks, client: Client, typed: str) -> None:
    shore.add_condition("Pull back", title_ar="انسحاب القوات وإطلاق الأسرى")
    assert "Pull back" in body(client, typed)


@pytest.mark.parametrize(("typed", "is_theirs"), [("egret", True), ("Egr isl", True), ("Egret republic", False)])
def test_what_somebody_tabled_is_found_by_their_name(
    shore: Talks, client: Client, typed: str, *, is_theirs: bool
) -> None:
    facts.proposal(shore, dispute=shore.dispute)
    assert ("A bridge plan" in body(client, typed)) is is_theirs


def test_what_was_found_is_marked_and_escaped(shore: Talks, client: Client) -> None:
    shore.add_condition("Open the <b>gate</b>")
    found = body(client, "gate")
    assert "<mark>gate</mark>" in found
    assert "<b>gate" not in found


def test_a_hidden_item_moves_neither_count_nor_order(shore: Talks, client: Client) -> None:
    for number in range(3):
        shore.add_condition(f"Bridge {number}")
    before = body(client, "bridge")
    shore.add_condition("Bridge bridge bridge", marking=Marking.AMBER)
    assert body(client, "bridge") == before


def test_one_negotiation_or_all(shore: Talks, client: Client) -> None:
    assert "Only in" in body(client, "line", **{"in": "two-shores"})
    assert "Only in" not in body(client, "line", **{"in": "unknown"})


def test_one_kind_is_paged(shore: Talks) -> None:
    for number in range(7):
        shore.add_condition(f"Bridge {number}")
    pages = [search_in(BY_NOUN["condition"], query_of("bridge"), viewer=ANYBODY, size=5, page=at) for at in (1, 2)]
    assert [len(page.hits) for page in pages] == [5, 2]
    assert {page.total for page in pages} == {7}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.text(max_size=300))
def test_anything_may_be_typed(shore: Talks, typed: str) -> None:
    assert isinstance(search(query_of(typed), viewer=ANYBODY), list)


@pytest.mark.parametrize("typed", ["\x00", "'); --", "& | !", ":*", "<->", "\ud800", "C" * 5000, "((", "\\", "%"])
def test_signs_of_the_query_language_break_nothing(shore: Talks, client: Client, typed: str) -> None:
    assert client.get("/search/", {"q": typed.encode("utf-8", "replace"), "page": "-1"}).status_code == 200


@pytest.mark.parametrize("noun", BY_NOUN)
def test_every_noun_has_an_index_that_serves_its_search(db: None, noun: str) -> None:
    searched = BY_NOUN[noun]
    rows = searched.kind.objects.annotate(found_in=searched.vector).filter(found_in=query_of("line").expression)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert f"search_{noun}" in rows.order_by().explain()


def test_every_searched_noun_is_named_once() -> None:
    assert len(BY_NOUN) == len(SEARCHED)
