"""Updating a condition on its page: one entry, or a refusal that loses nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from negotiations.models import Condition, Entry, Source, User
from negotiations.rules.codes import ConditionStatus, Marking
from tests.factories import Talks

from .conftest import address

SignIn = Callable[[User], Client]


def sent(shore: Talks, condition: Condition, **more: Any) -> dict[str, Any]:
    """What a browser sends for a plain update."""
    condition.refresh_from_db()
    return {
        "version": condition.version,
        "status": "in_progress",
        "source": str(shore.source.public_id),
        "credibility": "2",
        "reason": "Columns were seen leaving.",
        **more,
    }


def update(client: Client, shore: Talks, condition: Condition, **more: Any) -> HttpResponse:
    return client.post(address(condition, "updates"), sent(shore, condition, **more))  # type: ignore[return-value]


def test_it_writes_one_entry_and_shows_it(shore: Talks, signed_in: SignIn) -> None:
    client, before = signed_in(shore.cast.mediator), Entry.objects.count()
    response = update(client, shore, shore.withdrawal)
    assert response.status_code == 303
    assert Entry.objects.count() == before + 1
    page = client.get(address(shore.withdrawal)).content.decode()
    assert "Columns were seen leaving." in page
    assert "In progress" in page


def test_a_new_source_is_added_with_the_update(shore: Talks, signed_in: SignIn) -> None:
    facts = {"source": "", "new_publisher": "Harbour Radio", "new_title": "Convoys leave", "new_reliability": "B"}
    assert update(signed_in(shore.cast.mediator), shore, shore.withdrawal, **facts).status_code == 303
    assert Source.objects.get(title="Convoys leave").reliability == "B"


def test_a_refused_update_adds_no_source(shore: Talks, signed_in: SignIn) -> None:
    facts = {"source": "", "new_publisher": "Harbour Radio", "new_title": "Convoys leave", "status": "met"}
    assert update(signed_in(shore.cast.mediator), shore, shore.withdrawal, **facts).status_code == 422
    assert not Source.objects.filter(title="Convoys leave").exists()


def test_it_refuses_met_on_one_sides_word(shore: Talks, signed_in: SignIn) -> None:
    response = update(signed_in(shore.cast.mediator), shore, shore.withdrawal, status="met", verified_by="obligor")
    assert response.status_code == 422
    assert "Columns were seen leaving." in response.content.decode()
    shore.withdrawal.refresh_from_db()
    assert shore.withdrawal.status == ConditionStatus.NOT_ASSESSED


def test_it_accepts_met_on_a_verifiers_finding(shore: Talks, signed_in: SignIn) -> None:
    found = {"status": "met", "verified_by": "third_party", "verified_by_actor": str(shore.monitors.public_id)}
    assert update(signed_in(shore.cast.mediator), shore, shore.withdrawal, **found).status_code == 303


def test_it_asks_for_a_reason_and_keeps_the_rest(shore: Talks, signed_in: SignIn) -> None:
    response = update(signed_in(shore.cast.mediator), shore, shore.release, reason="", value="7")
    assert response.status_code == 422
    assert 'value="7"' in response.content.decode()


def test_a_stale_version_is_409_and_loses_nothing(shore: Talks, signed_in: SignIn) -> None:
    stale = sent(shore, shore.release, status="partly_met", value="11", reason="Eleven came home.")
    shore.set_status(shore.release, ConditionStatus.IN_PROGRESS)
    response = signed_in(shore.cast.mediator).post(address(shore.release, "updates"), stale)
    page = response.content.decode()
    assert response.status_code == 409
    assert "Eleven came home." in page
    assert 'value="11"' in page
    lines = {line.label: line for line in response.context["conflict"].lines}
    status = lines["Status"]
    assert (status.opened, status.saved, status.yours) == ("Not assessed", "In progress", "Partly met")


def test_still_true_of_what_changed_meanwhile_shows_all_three(shore: Talks, signed_in: SignIn) -> None:
    shore.release.refresh_from_db()
    stale = {"version": shore.release.version, "where": "Harbour office"}
    shore.set_status(shore.release, ConditionStatus.IN_PROGRESS)
    response = signed_in(shore.cast.mediator).post(address(shore.release, "confirm"), stale)
    page = response.content.decode()
    assert response.status_code == 409
    assert 'id="conflict"' in page
    lines = {line.label: line for line in response.context["conflict"].lines}
    assert (lines["Status"].opened, lines["Status"].saved) == ("Not assessed", "In progress")
    assert lines["Where somebody looked"].yours == "Harbour office"


def test_mine_can_be_applied_on_top(shore: Talks, signed_in: SignIn) -> None:
    stale = sent(shore, shore.release, status="partly_met", value="11")
    shore.set_status(shore.release, ConditionStatus.IN_PROGRESS)
    shore.release.refresh_from_db()
    client = signed_in(shore.cast.mediator)
    response = client.post(address(shore.release, "updates"), {**stale, "on_top": shore.release.version})
    shore.release.refresh_from_db()
    assert response.status_code == 303
    assert shore.release.status == ConditionStatus.PARTLY_MET


def test_an_anonymous_post_is_sent_to_the_log_in(shore: Talks, client: Client) -> None:
    response = update(client, shore, shore.withdrawal)
    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")


def test_an_anonymous_post_without_a_token_is_sent_there_too(shore: Talks) -> None:
    response = update(Client(enforce_csrf_checks=True), shore, shore.withdrawal)
    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")


def test_after_the_log_in_the_form_is_there_again(shore: Talks, signed_in: SignIn) -> None:
    response = signed_in(shore.cast.mediator).get(address(shore.withdrawal, "updates"))
    assert response.status_code == 302
    assert response["Location"] == address(shore.withdrawal)


@pytest.mark.parametrize("name", ["reader", "outsider"])
def test_who_may_only_read_is_refused(shore: Talks, signed_in: SignIn, name: str) -> None:
    assert update(signed_in(getattr(shore.cast, name)), shore, shore.withdrawal).status_code == 403


def test_what_one_may_not_see_cannot_be_updated(shore: Talks, signed_in: SignIn) -> None:
    hidden = shore.add_condition("Known to few", marking=Marking.AMBER)
    assert update(signed_in(shore.cast.outsider), shore, hidden).status_code == 404


def test_a_hidden_source_cannot_be_cited(shore: Talks, signed_in: SignIn) -> None:
    strange = {"source": "00000000-0000-4000-8000-000000000000"}
    assert update(signed_in(shore.cast.mediator), shore, shore.withdrawal, **strange).status_code == 422


def test_still_true_says_where_one_looked(shore: Talks, signed_in: SignIn) -> None:
    facts = {"version": shore.withdrawal.version, "where": "Monitors' daily sheet"}
    response = signed_in(shore.cast.analyst).post(address(shore.withdrawal, "confirm"), facts)
    shore.withdrawal.refresh_from_db()
    assert response.status_code == 303
    assert shore.withdrawal.checked_where == "Monitors' daily sheet"


def test_the_last_change_can_be_undone_by_its_author(shore: Talks, signed_in: SignIn) -> None:
    client = signed_in(shore.cast.mediator)
    update(client, shore, shore.withdrawal)
    undo = client.get(address(shore.withdrawal)).context["undo"]
    assert client.post(undo["action"]).status_code == 303
    shore.withdrawal.refresh_from_db()
    assert shore.withdrawal.status == ConditionStatus.NOT_ASSESSED


def test_what_was_taken_back_is_no_evidence_any_more(shore: Talks, signed_in: SignIn) -> None:
    client = signed_in(shore.cast.mediator)
    facts = {"source": "", "new_publisher": "Harbour Radio", "new_title": "Convoys leave", "new_reliability": "B"}
    update(client, shore, shore.withdrawal, **facts)
    client.post(client.get(address(shore.withdrawal)).context["undo"]["action"])
    page = client.get(address(shore.withdrawal)).context["page"]
    assert "Convoys leave" not in [line.source.title.text for line in page.evidence]
    assert [line.is_replaced for line in page.history][:2] == [False, True]


def test_nobody_else_is_offered_the_undo(shore: Talks, signed_in: SignIn) -> None:
    update(signed_in(shore.cast.mediator), shore, shore.withdrawal)
    page = signed_in(shore.cast.analyst).get(address(shore.withdrawal))
    assert page.context["undo"] is None


def test_the_past_offers_no_form(shore: Talks, signed_in: SignIn) -> None:
    page = signed_in(shore.cast.mediator).get(address(shore.withdrawal), {"as_of": "2025-10-20"})
    assert page.context["form"] is None


@pytest.mark.parametrize(
    ("field", "value"), [("effective_at", "0001-01-01T00:00"), ("value", "-3"), ("effective_at", "9999-12-31T23:59")]
)
def test_what_cannot_be_is_refused_and_kept(shore: Talks, signed_in: SignIn, field: str, value: str) -> None:
    response = update(signed_in(shore.cast.mediator), shore, shore.release, **{field: value})
    assert response.status_code == 422
    assert "Columns were seen leaving." in response.content.decode()


def test_it_asks_which_of_two_sources_is_meant(shore: Talks, signed_in: SignIn) -> None:
    facts = {"new_publisher": "Harbour Radio", "new_title": "Convoys leave"}
    response = update(signed_in(shore.cast.mediator), shore, shore.withdrawal, **facts)
    assert response.status_code == 422
    assert "Convoys leave" in response.content.decode()


def test_undo_stands_under_the_entry_that_it_takes_back(shore: Talks, signed_in: SignIn) -> None:
    client = signed_in(shore.cast.mediator)
    update(client, shore, shore.withdrawal, reason="Seen today.")
    update(client, shore, shore.withdrawal, status="not_started", reason="So before.", effective_at="2026-01-02T10:00")
    page = client.get(address(shore.withdrawal)).content.decode()
    button = page.index("Undo this")
    assert page.index("So before.") < button
    assert page.index("Seen today.") < page.index("So before.")
