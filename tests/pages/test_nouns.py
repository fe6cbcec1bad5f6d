"""Every noun has its page: what it shows, how it is narrowed, and what it must not add up."""

from __future__ import annotations

import csv
from datetime import timedelta

import pytest
from django.test import Client

from negotiations.models import Source
from negotiations.rules.codes import IncidentStatus, ResponseKind, Stance
from negotiations.services.assessment import resolve_assessment
from negotiations.services.incident import record_finding
from negotiations.services.instrument import add_clause
from negotiations.services.message import answer_message
from negotiations.services.note import answer_question
from negotiations.services.position import state_position
from negotiations.services.proposal import record_response, table_version
from negotiations.services.source import add_source, retract_source
from tests.factories import START, Talks
from tests.services import facts

LATER = START + timedelta(days=3)
NOUNS = ("text", "disputes", "positions", "messages", "incidents", "sources", "outlook")


def read(client: Client, path: str) -> str:
    response = client.get(f"/n/two-shores/{path}")
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("noun", NOUNS)
def test_it_says_what_would_appear_on_an_empty_page(shore: Talks, client: Client, noun: str) -> None:
    assert "<h1" in read(client, f"{noun}/")


def test_the_text_shows_what_each_clause_became(shore: Talks, client: Client) -> None:
    pact = facts.instrument(shore)
    clause = add_clause(
        act=shore.act(at=START), instrument=pact, number="4", text="The bridge opens.", text_ar="يُفتح الجسر."
    )
    shore.add_condition("Open the bridge", clause=clause)
    add_clause(act=shore.act(at=START), instrument=pact, number="5", text="All else is for later.")
    page = read(client, "text/")
    assert "The bridge opens." in page
    assert "يُفتح الجسر." in page
    assert "/n/two-shores/conditions/C3/" in page
    assert "No condition cites this clause" in page


def test_the_question_stands_beside_the_stances(shore: Talks, client: Client) -> None:
    shore.open_dispute("Who opens first", question="Does the north open first?")
    assert "Does the north open first?" in read(client, "disputes/")
    assert "Does the north open first?" in read(client, "positions/")


def test_a_reversal_is_shown_with_what_it_turned_from(shore: Talks, client: Client) -> None:
    state_position(
        act=shore.act(at=LATER),
        negotiation=shore.negotiation,
        actor=shore.south,
        stance=Stance.ACCEPTS,
        summary="The line may follow the road.",
        stated_at=LATER,
        dispute=shore.dispute,
    )
    page = read(client, "positions/")
    assert "Turned round from “Rejects”" in page
    assert "The line may follow the road." in page
    assert "Turned round" not in read(client, "positions/?as_of=2025-10-11")


def test_the_dispute_draws_positions_over_time(shore: Talks, client: Client) -> None:
    state_position(
        act=shore.act(at=LATER),
        negotiation=shore.negotiation,
        actor=shore.north,
        stance=Stance.SILENT,
        summary="Asked, no answer.",
        stated_at=LATER,
        dispute=shore.dispute,
    )
    page = read(client, "disputes/D1/")
    assert "How did positions move?" in page
    assert "Silent or not known" in page
    file = client.get("/n/two-shores/disputes/D1/?format=csv&chart=positions").getvalue().decode()
    assert "Northern Shore,Silent" in file


def test_versions_are_compared_word_by_word(shore: Talks, client: Client) -> None:
    plan = facts.proposal(shore, dispute=shore.dispute)
    second = table_version(plan, act=shore.act(at=LATER), text="Both sides, then the other.", tabled_at=LATER)
    record_response(
        act=shore.act(at=LATER),
        proposal_version=second,
        party=shore.northern,
        kind=ResponseKind.ACCEPT_WITH_RESERVATION,
        responded_at=LATER,
    )
    page = read(client, "disputes/D1/")
    assert "Version 2 beside version 1, word by word" in page
    assert "removed: </span>One side<" in page
    assert "added: </span>Both sides<" in page
    assert ResponseKind.ACCEPT_WITH_RESERVATION.label in page
    assert "No answer recorded" in page


def test_the_gap_is_shown_only_where_the_negotiation_says_so(shore: Talks, client: Client) -> None:
    assert "gap" not in read(client, "disputes/D1/").lower()


def test_the_shuttle_log_says_what_came_back(shore: Talks, client: Client) -> None:
    carried = facts.message(shore, marking="CLEAR", dispute=shore.dispute)
    assert "Nothing came back yet" in read(client, "messages/?waiting=1")
    answer_message(carried, act=shore.act(), version=None, answer="Not yet.", answered_at=LATER)
    page = read(client, "messages/?dispute=D1")
    assert "From Northern Shore through Egret Island to Southern Shore" in page
    assert "Not yet." in page
    assert "Nothing matches these filters" in read(client, "messages/?waiting=1")


def test_a_meeting_has_a_page(shore: Talks, client: Client) -> None:
    facts.meeting(shore)
    assert "First round" in read(client, "messages/")
    assert "No outcome recorded" in read(client, "meetings/M1/")


def test_counts_are_split_and_have_no_total(shore: Talks, client: Client) -> None:
    facts.incident(shore)
    page = read(client, "incidents/")
    assert "no total: an allegation is not a finding" in page
    assert "Nobody named" in page


def test_a_finding_names_the_body(shore: Talks, client: Client) -> None:
    incident = facts.incident(shore)
    assert "No body has found on this" in read(client, "incidents/I1/")
    record_finding(
        incident,
        act=shore.act(),
        version=None,
        status=IncidentStatus.NOT_A_VIOLATION,
        found_by=shore.monitors,
        finding="Hunters, not soldiers.",
    )
    page = read(client, "incidents/I1/")
    assert "River Monitors" in page
    assert "Hunters, not soldiers." in page


def test_reprints_of_one_origin_count_once(shore: Talks, client: Client) -> None:
    act = shore.act(at=START, cites=(), no_source_reason="Set up.")
    for name in ("Wire", "Reprint"):
        add_source(act=act, negotiation=shore.negotiation, publisher=name, title="One story", origin="wire-1")
    page = read(client, "sources/")
    assert "2 independent sources" in page
    assert "one origin with" in page
    assert "3 found" in page


def test_a_retracted_source_says_so(shore: Talks, client: Client) -> None:
    retract_source(shore.source, act=shore.act(at=LATER), version=None)
    assert "The publisher took this back on" in read(client, "sources/S1/")
    assert "took this back" not in read(client, "sources/S1/?as_of=2025-10-11")


def test_a_source_shows_what_it_supports(shore: Talks, client: Client) -> None:
    page = read(client, "sources/S1/")
    assert "Withdraw to the agreed line" in page
    assert Source.objects.get().title in page


def test_an_outlook_puts_the_question_first_and_scores_it_when_resolved(shore: Talks, client: Client) -> None:
    made = facts.assessment(shore)
    assert "Phase two active by January" in read(client, "outlook/")
    resolve_assessment(made, act=shore.act(), version=None, outcome=False)
    assert "It did not come about" in read(client, "outlook/")
    assert "0.11" in read(client, "outlook/")


def test_notes_are_threads_for_members_alone(shore: Talks, client: Client) -> None:
    question = facts.note(shore, text="Which map?", is_question=True)
    answer_question(question, act=shore.act(), version=None, text="The old one.", author=shore.cast.lead)
    assert "Which map?" not in read(client, "disputes/D1/")
    client.force_login(shore.cast.analyst)
    page = read(client, "disputes/D1/")
    assert "Which map?" in page
    assert "The old one." in page


def test_conditions_are_narrowed_by_the_address(shore: Talks, client: Client) -> None:
    page = read(client, "conditions/?obligor=s")
    assert "Release the detainees" in page
    assert "Withdraw to the agreed line" not in page
    assert "Nothing matches these filters" in read(client, "conditions/?status=waived")


@pytest.mark.parametrize("noun", [*NOUNS, "conditions"])
@pytest.mark.parametrize("garbage", ["?page=999999999", "?page=x&status=%00", "?q=%00%ED%A0%80", "?from=1&to=x"])
def test_garbage_in_the_address_breaks_nothing(shore: Talks, client: Client, noun: str, garbage: str) -> None:
    read(client, f"{noun}/{garbage}")


def test_the_file_of_positions_names_each_and_what_it_is_on(shore: Talks, client: Client) -> None:
    text = client.get("/n/two-shores/positions/?format=csv").getvalue().decode("utf-8-sig")
    (row,) = csv.DictReader(text.splitlines())
    assert (row["ref"], row["on"], row["on_ref"]) == (shore.position.ref, "dispute", shore.dispute.ref)


@pytest.mark.parametrize("noun", ["conditions", "disputes", "positions", "messages", "incidents", "sources"])
def test_a_list_can_be_taken_away_as_csv(shore: Talks, client: Client, noun: str) -> None:
    response = client.get(f"/n/two-shores/{noun}/?format=csv")
    assert response["Content-Type"].startswith("text/csv")
