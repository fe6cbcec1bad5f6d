"""What anybody may read: the list, one negotiation, its phase state, one condition."""

from __future__ import annotations

from datetime import timedelta

from django.test import Client

from negotiations.services.gate import assert_gate
from negotiations.services.phase import declare_phase
from tests.factories import START, Talks

from .calls import LIST, STATE, condition_url


def test_anybody_reads_what_is_published(small: Talks, anybody: Client) -> None:
    response = anybody.get(LIST)
    assert response.status_code == 200
    assert [one["slug"] for one in response.json()["results"]] == ["two-shores"]
    assert response.json()["results"][0]["urls"]["state"].endswith(STATE)


def test_a_negotiation_tells_its_own_facts(small: Talks, anybody: Client) -> None:
    found = anybody.get("/api/v1/negotiations/two-shores/").json()
    assert found["id"] == str(small.negotiation.public_id)
    assert (found["status"], found["time_zone"], found["is_past"]) == ("exploratory", "Asia/Jerusalem", False)


def test_the_state_says_where_the_next_phase_stands(small: Talks, anybody: Client) -> None:
    found = anybody.get(STATE).json()
    assert found["verdict"]["sentence"] == "Phase 2 has not started: 1 of 1 entry condition in the text unmet"
    assert [phase["number"] for phase in found["phases"]] == [1, 2]
    gates = found["phases"][1]["readiness"]["text"]["gates"]
    assert gates == [
        {"condition": "C1", "standing": "open", "status": "not_assessed", "alternative": None, "disputes": []}
    ]


def test_the_state_keeps_what_is_claimed_apart_from_what_is_assessed(small: Talks, anybody: Client) -> None:
    small.set_status(small.withdrawal, "in_progress")
    found = anybody.get(STATE).json()["conditions"][0]
    assert found["status"] == "in_progress"
    assert found["assessed"]["citations"][0]["grade"] == "B2"
    assert [(one["claimant"]["name"], one["kind"]) for one in found["claims"]] == [("Southern Shore", "not_fulfilled")]


def test_the_state_names_disputes_with_positions_and_what_they_hold(small: Talks, anybody: Client) -> None:
    found = anybody.get(STATE).json()
    dispute = found["disputes"][0]
    assert (dispute["ref"], dispute["conditions"]) == ("D1", ["C1"])
    assert [(one["actor"]["name"], one["stance"]) for one in dispute["positions"]] == [("Southern Shore", "rejects")]
    assert found["conditions"][0]["held_by"][0]["on"] == "D1"


def test_due_moments_are_absolute_and_overdue_is_said(small: Talks, anybody: Client) -> None:
    due = anybody.get(STATE).json()["conditions"][0]["due"]
    # Thirty days on the calendar of the negotiation, whose clocks went back in between.
    assert due["at"] == (START + timedelta(days=30, hours=1)).isoformat().replace("+00:00", "Z")
    assert due["is_overdue"] is True


def test_every_document_says_how_to_use_and_cite_it(small: Talks, anybody: Client) -> None:
    for address in (LIST, "/api/v1/negotiations/two-shores/", STATE, condition_url(small.release)):
        found = anybody.get(address).json()
        assert (found["license"], found["marking"], found["language"]) == ("CC-BY-4.0", "CLEAR", "en")
        assert found["permalink"] in found["cite_as"]


def test_the_permalink_gives_the_same_state_again(small: Talks, anybody: Client) -> None:
    now = anybody.get(STATE).json()
    then = anybody.get(now["permalink"]).json()
    differing = {name for name in now if now[name] != then[name]}
    assert differing <= {"is_past", "valid_until"}


def test_labels_and_sentences_speak_the_callers_language(small: Talks, anybody: Client) -> None:
    assert anybody.get(f"{STATE}?lang=ar").json()["language"] == "ar"
    assert anybody.get(STATE, headers={"accept-language": "ar"}).json()["language"] == "ar"
    assert anybody.get(f"{STATE}?lang=tlh").json()["code"] == "invalid_language"


def test_a_member_reads_more_and_gets_no_licence_for_it(small: Talks, mediator: Client) -> None:
    small.add_condition("Open the bridge quietly", marking="AMBER")
    found = mediator.get(STATE).json()
    assert (found["marking"], found["license"]) == ("AMBER", None)
    assert len(found["conditions"]) == 3


def test_a_verifier_kept_out_holds_a_condition_and_has_no_ref(small: Talks, anybody: Client) -> None:
    small.set_status(small.withdrawal, "in_progress", verified_by="obligor", verification_access="denied")
    held = anybody.get(STATE).json()["conditions"][0]["held_by"]
    assert [(one["kind"], one["on"]) for one in held] == [("dispute", "D1"), ("no_access", None)]


def test_a_declaration_stands_beside_the_assessed_status(small: Talks, anybody: Client) -> None:
    act = small.act(at=START + timedelta(days=5))
    declare_phase(small.second, act=act, version=None, status="active", declared_by=small.egret)
    found = anybody.get(STATE).json()
    second = found["phases"][1]
    assert (second["status"], second["declared"]["status"]) == ("not_started", "active")
    assert found["verdict"]["sentence"] == (
        "Phase 2 was declared by Egret Island on 15 October 2025; 1 of 1 entry condition in the text was open"
    )


def test_what_actors_require_is_a_reading_of_its_own(small: Talks, anybody: Client) -> None:
    act = small.act(at=START)
    assert_gate(act=act, phase=small.second, condition=small.release, authority="actors", asserted_by=[small.north])
    ready = anybody.get(STATE).json()["phases"][1]["readiness"]
    assert ready["text"]["total"] == 1
    assert [(one["asserted_by"]["name"], one["total"]) for one in ready["others"]] == [("Northern Shore", 1)]
