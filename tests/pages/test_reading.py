"""Everybody reads what is published; what is hidden does not exist."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from negotiations.rules.codes import ConditionStatus, Marking
from tests.factories import START, Talks

from .conftest import address

PAGES = ("/", "/n/two-shores/", "/n/two-shores/conditions/", "/n/two-shores/record/", "/help/statuses/")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("prefix", ["", "/ar"])
def test_it_answers_anybody(shore: Talks, client: Client, prefix: str, page: str) -> None:
    response = client.get(prefix + page)
    assert response.status_code == 200
    assert f'<html lang="{"ar" if prefix else "en"}" dir="{"rtl" if prefix else "ltr"}"' in response.content.decode()


def test_the_overview_opens_with_the_verdict(shore: Talks, client: Client) -> None:
    page = client.get("/n/two-shores/").content.decode()
    assert "Phase 2 has not started: 1 of 1 entry condition in the text unmet" in page
    assert "cannot start" not in page


def test_a_condition_shows_text_claims_and_history(shore: Talks, client: Client) -> None:
    page = client.get(address(shore.withdrawal)).content.decode()
    assert "Forces withdraw behind the line within 30 days." in page
    assert "Posts remain south of the line." in page
    assert "Update status" in page
    assert "id_reason" not in page


def test_a_dispute_shows_where_each_stands(shore: Talks, client: Client) -> None:
    page = client.get(f"/n/two-shores/disputes/{shore.dispute.ref}/").content.decode()
    assert "The line follows the river." in page
    assert "No stated position" in page


@pytest.mark.parametrize(
    "hidden", ["/n/no-such-talks/", "/n/two-shores/conditions/C99/", "/n/two-shores/disputes/D99/"]
)
def test_what_is_not_there_is_404(shore: Talks, client: Client, hidden: str) -> None:
    assert client.get(hidden).status_code == 404


def test_hidden_and_unknown_conditions_answer_the_same(shore: Talks, client: Client) -> None:
    hidden = shore.add_condition("Known to few", marking=Marking.AMBER)
    answers = [client.get(f"/n/two-shores/conditions/{ref}/").content for ref in (hidden.ref, "C-ZZZ")]
    assert answers[0] == answers[1]


@pytest.mark.parametrize("page", [*PAGES, "/n/two-shores/conditions/C1/", "/n/two-shores/disputes/D1/"])
def test_a_hidden_write_changes_no_byte_for_the_public(shore: Talks, client: Client, page: str) -> None:
    before = client.get(page).content
    hidden = shore.add_condition("Known to few", marking=Marking.AMBER)
    shore.set_status(hidden, ConditionStatus.IN_PROGRESS)
    assert client.get(page).content == before


def test_a_member_sees_what_is_marked_for_members(shore: Talks, client: Client) -> None:
    shore.add_condition("Known to few", marking=Marking.AMBER)
    client.force_login(shore.cast.mediator)
    assert "Known to few" in client.get("/n/two-shores/conditions/").content.decode()


def test_as_of_shows_the_state_that_held_then(shore: Talks, client: Client) -> None:
    shore.set_status(shore.withdrawal, ConditionStatus.MET, at=START + timedelta(days=20))
    then = client.get(address(shore.withdrawal), {"as_of": "2025-10-20"}).content.decode()
    assert "Not assessed" in then
    assert "What happened later is not shown" in then
    assert "all entry conditions in the text are met" in client.get("/n/two-shores/").content.decode()


def test_what_did_not_exist_yet_is_404_as_of_then(shore: Talks, client: Client) -> None:
    later = shore.add_condition("Later", at=START + timedelta(days=20))
    assert client.get(address(later), {"as_of": "2025-10-20"}).status_code == 404


@pytest.mark.parametrize("asked", ["yesterday", "2999-01-01", "2025-13-45"])
def test_a_moment_that_cannot_be_asked_about_is_400(shore: Talks, client: Client, asked: str) -> None:
    assert client.get("/n/two-shores/", {"as_of": asked}).status_code == 400


def test_the_record_pages_by_a_cursor_that_tells_nothing(shore: Talks, client: Client) -> None:
    for number in range(35):
        shore.add_condition(f"Step {number}")
    first = client.get("/n/two-shores/record/")
    cursor = first.context["page"].next_cursor
    second = client.get("/n/two-shores/record/", {"after": cursor})
    seen = [line.public_id for page in (first, second) for line in page.context["page"].lines]
    assert len(seen) == len(set(seen)) > 35


def test_a_spoilt_cursor_starts_anew(shore: Talks, client: Client) -> None:
    assert client.get("/n/two-shores/record/", {"after": "spoilt"}).status_code == 200
