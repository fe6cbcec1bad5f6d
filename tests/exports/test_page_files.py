"""Every page of a negotiation can be taken along: what it tells, at its moment, as far as its reader may see."""

from __future__ import annotations

import json
from csv import DictReader
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.test import Client

from negotiations.models import Entry
from negotiations.rules.codes import LinkType, PhaseStatus
from negotiations.rules.marking import ANYBODY
from negotiations.selectors import record_page
from negotiations.services.assessment import resolve_assessment
from negotiations.services.gate import assert_gate
from negotiations.services.instrument import add_clause
from negotiations.services.link import add_link
from negotiations.services.phase import declare_phase
from negotiations.services.redaction import redact_entry
from negotiations.services.source import add_source
from negotiations.services.window import open_window
from tests.factories import START, Talks
from tests.services import facts

pytestmark = pytest.mark.django_db
HERE = "/n/two-shores/"
PAGES = ("", "roadmap/", "text/", "completeness/", "outlook/", "record/")
LATER = START + timedelta(days=3)


def rows(client: Client, page: str, **asked: str) -> list[dict[str, str]]:
    body = client.get(f"{HERE}{page}", {**asked, "format": "csv"}).getvalue()  # type: ignore[attr-defined]
    return list(DictReader(StringIO(body.decode("utf-8-sig"))))


def as_json(client: Client, page: str, **asked: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(
        client.get(f"{HERE}{page}", {**asked, "format": "json"}).getvalue()  # type: ignore[attr-defined]
    )["rows"]
    return found


@pytest.mark.parametrize("page", PAGES)
def test_a_page_offers_its_file_in_each_format_and_gives_it(talks: Talks, client: Client, page: str) -> None:
    client.force_login(talks.cast.mediator)
    shown = client.get(f"{HERE}{page}", {"as_of": "2025-10-20"}).content.decode()
    for form in ("csv", "xlsx", "json"):
        assert f'href="?as_of=2025-10-20&amp;format={form}"' in shown
        response = client.get(f"{HERE}{page}", {"as_of": "2025-10-20", "format": form})
        name = page.strip("/") or "overview"
        assert f"two-shores-{name}_TLP-" in response["Content-Disposition"]
        assert response["As-Of"].startswith("2025-10-20T")
        assert response["Record-Link"]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["", "/ar"])
def test_the_names_of_columns_are_the_same_in_every_language(
    talks: Talks, client: Client, page: str, language: str
) -> None:
    client.force_login(talks.cast.mediator)
    head = client.get(f"{language}{HERE}{page}", {"format": "csv"}).getvalue().decode("utf-8-sig").splitlines()[0]  # type: ignore[attr-defined]
    assert head.isascii()
    assert head == head.lower()


def test_the_file_of_the_overview_says_where_each_phase_stands_and_what_blocks_it(talks: Talks, client: Client) -> None:
    first, second = as_json(client, "")
    assert (first["number"], first["status"], first["verdict"]) == (1, "active", "started")
    assert first["started_at"].startswith("2025-10-10T")
    assert (second["gate_met"], second["gate_total"], second["verdict"]) == (0, 1, "unmet")
    assert (second["blocked_by"], second["disputes"]) == (["C1"], ["D1"])
    assert (second["whose_move"], second["rests_on_retracted"]) == ("Northern Shore", [])
    assert (first["gate_total"], first["whose_move"], first["blocked_by"]) == (None, None, [])


def test_a_declared_status_stands_apart_from_the_assessed_one(talks: Talks, client: Client) -> None:
    declare_phase(
        talks.second,
        act=talks.act(at=LATER),
        version=None,
        status=PhaseStatus.ACTIVE,
        declared_by=talks.egret,
    )
    second = as_json(client, "")[1]
    assert (second["status"], second["declared_status"], second["declared_by"]) == (
        "not_started", "active", "Egret Island",
    )  # fmt: skip
    assert as_json(client, "", as_of="2025-10-11")[1]["declared_status"] == ""


def test_a_chart_of_a_page_is_still_a_file_of_its_own(talks: Talks, client: Client) -> None:
    for moment in (START, LATER):
        facts.assessment(talks, assessed_at=moment)
    assert "two-shores-outlook-1_" in client.get(f"{HERE}outlook/?format=csv&chart=outlook-1")["Content-Disposition"]
    for page in ("", "outlook/"):
        assert client.get(f"{HERE}{page}?format=csv&chart=nothing").status_code == 400
        assert "chart=" not in client.get(f"{HERE}{page}?chart=nothing").content.decode().partition("files")[2][:400]


def test_the_file_of_the_roadmap_has_phases_gates_windows_and_exchanges(talks: Talks, client: Client) -> None:
    open_window(
        act=talks.act(at=START), negotiation=talks.negotiation, title="Lull", opens_at=START, phase=talks.second
    )
    other = talks.add_condition("Open the bridge")
    said: dict[str, Any] = {"authority": "actors", "asserted_by": [talks.egret]}
    assert_gate(act=talks.act(at=START), phase=talks.second, condition=other, **said)
    found = as_json(client, "roadmap/")
    assert [(row["kind"], row["phase"], row["ref"]) for row in found] == [
        ("phase", 1, None), ("phase", 2, None), ("gate", 2, "C1"), ("gate", 2, "C3"), ("window", 2, "W1"),
    ]  # fmt: skip
    assert [row["asserted_by"] for row in found if row["kind"] == "gate"] == ["", "Egret Island"]
    assert {row["standing"] for row in found if row["kind"] == "gate"} == {"open"}
    assert found[4]["opens_at"].startswith("2025-10-10T")


def test_both_halves_of_an_exchange_are_rows_with_numbers(talks: Talks, client: Client) -> None:
    posts = talks.add_condition("Empty the posts", target=4, unit="posts")
    add_link(act=talks.act(at=START), condition=posts, other=talks.release, type=LinkType.RECIPROCAL_TO, ratio=2)
    halves = [row for row in as_json(client, "roadmap/") if row["kind"] == "tranche"]
    assert [(row["ref"], row["by"], row["quota"], row["stage"]) for row in halves] == [
        ("C2", "Southern Shore", 20, 1), ("C3", "Northern Shore", 4, 1),
    ]  # fmt: skip
    assert [row["unit"] for row in halves] == ["people", "posts"]


def test_the_file_of_the_text_follows_it_clause_by_clause(talks: Talks, client: Client) -> None:
    pact = facts.instrument(talks)
    clause = add_clause(
        act=talks.act(at=START), instrument=pact, number="4", text="The bridge opens.", text_ar="يُفتح الجسر."
    )
    for title in ("Open the bridge", "Keep it open"):
        talks.add_condition(title, clause=clause)
    add_clause(act=talks.act(at=START), instrument=pact, number="5", text="All else is for later.")
    told = [(row["clause"], row["text"], row["ref"], row["status"]) for row in rows(client, "text/")]
    assert told == [
        ("4", "The bridge opens.", "C3", "not_assessed"),
        ("4", "The bridge opens.", "C4", "not_assessed"),
        ("5", "All else is for later.", "", ""),
    ]
    assert {row["language"] for row in rows(client, "text/")} == {"en"}


def test_a_text_without_clauses_is_a_row_too(talks: Talks, client: Client) -> None:
    pact = facts.instrument(talks)
    ((one),) = rows(client, "text/")
    assert (one["instrument"], one["kind"], one["clause"]) == (pact.ref, pact.kind, "")


def test_the_file_of_what_is_left_open_is_for_those_who_see_the_page(talks: Talks, client: Client) -> None:
    assert client.get(f"{HERE}completeness/", {"format": "csv"}).status_code == 302
    client.force_login(talks.cast.reader)
    assert client.get(f"{HERE}completeness/", {"format": "csv"}).status_code in (403, 404)
    client.force_login(talks.cast.mediator)
    found = as_json(client, "completeness/")
    assert {row["gap"] for row in found} >= {"no_monitoring", "no_dispute_route"}
    assert any(row["ref"] == "C2" for row in found)


def test_the_file_of_outlooks_has_every_judgement_in_codes(talks: Talks, client: Client) -> None:
    first = facts.assessment(talks, act=talks.act(talks.cast.analyst, at=START))
    second = facts.assessment(talks, likelihood="likely", assessed_at=LATER)
    resolve_assessment(first, act=talks.act(), version=None, outcome=False)
    found = as_json(client, "outlook/")
    assert {row["ref"] for row in found} == {second.ref, first.ref}
    found.sort(key=lambda row: row["low"], reverse=True)
    assert [(row["likelihood"], row["low"], row["high"], row["outcome"]) for row in found] == [
        ("likely", 55, 80, None), ("unlikely", 20, 45, False),
    ]  # fmt: skip
    assert found[1]["brier_score"] is not None
    assert found[0]["trend"] in ("deteriorated", "unchanged", "improved")
    assert [row["ref"] for row in as_json(client, "outlook/", as_of="2025-10-11")] == [first.ref]


def test_a_judgement_in_a_file_is_its_desks_and_never_a_persons(talks: Talks, client: Client) -> None:
    facts.assessment(talks)
    client.force_login(talks.cast.mediator)
    (row,) = rows(client, "outlook/")
    assert row["by"]
    assert row["by"] != str(talks.cast.analyst)


def test_the_file_of_the_record_is_all_of_it_newest_first(
    talks: Talks, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    talks.set_status(talks.withdrawal, "in_progress", at=LATER)
    whole = rows(client, "record/")
    seen = Entry.objects.visible_to(ANYBODY).filter(negotiation=talks.negotiation)
    assert [row["id"] for row in whole] == [str(one.public_id) for one in seen.order_by("-effective_at", "-seq")]
    assert whole[0]["verb"] == "negotiation.published" or len(whole) == seen.count()
    moved = next(row for row in whole if row["verb"] == "condition.status_changed")
    assert (moved["before"], moved["after"], moved["by"]) == ("not_assessed", "in_progress", "Harbour Office")
    assert all(len(row["payload_digest"]) == 64 for row in whole)
    monkeypatch.setattr(record_page, "CHUNK", 3)
    assert rows(client, "record/") == whole
    last = Entry.objects.get(verb="condition.status_changed")
    assert rows(client, "record/", entry=str(last.public_id), after="x") == whole


def test_the_record_as_a_file_ends_at_the_moment_of_the_page(talks: Talks, client: Client) -> None:
    talks.set_status(talks.withdrawal, "in_progress", at=LATER)
    assert "condition.status_changed" in {row["verb"] for row in rows(client, "record/")}
    assert "condition.status_changed" not in {row["verb"] for row in rows(client, "record/", as_of="2025-10-11")}


def test_what_was_redacted_stays_so_in_the_file(talks: Talks, client: Client) -> None:
    talks.set_status(talks.withdrawal, "in_progress", at=LATER)
    last = Entry.objects.get(verb="condition.status_changed")
    redact_entry(last, act=talks.act(talks.cast.lead, reason="A name."), second=talks.cast.mediator, ground="safety")
    row = next(row for row in rows(client, "record/") if row["id"] == str(last.public_id))
    assert (row["redacted"], row["reason"], row["before"], row["after"]) == ("yes", "", "", "")


@pytest.mark.parametrize("page", PAGES)
def test_what_is_narrower_is_in_no_guests_file_and_marks_a_members(talks: Talks, client: Client, page: str) -> None:
    hidden = talks.add_condition("Known to few", marking="AMBER")
    talks.set_status(hidden, "in_progress")
    pact = facts.instrument(talks)
    add_clause(act=talks.act(at=START), instrument=pact, number="9", text="Known to few", marking="AMBER")
    facts.assessment(talks, question="Known to few", marking="AMBER")
    about: dict[str, Any] = {"act": talks.act(at=START), "negotiation": talks.negotiation}
    open_window(**about, title="Known to few", opens_at=START, marking="AMBER")
    if page != "completeness/":
        assert client.get(f"{HERE}{page}", {"format": "csv"})["TLP"] == "TLP:CLEAR"
        assert "Known to few" not in str(rows(client, page))
    client.force_login(talks.cast.mediator)
    assert client.get(f"{HERE}{page}", {"format": "csv"})["TLP"] == "TLP:AMBER"
    if page:
        assert "Known to few" in str(rows(client, page))


def test_a_source_that_few_may_see_narrows_the_file_of_the_record(talks: Talks, client: Client) -> None:
    narrow = add_source(
        act=talks.act(at=START), negotiation=talks.negotiation, publisher="Few", title="For few", marking="AMBER"
    )
    assert client.get(f"{HERE}record/", {"format": "csv"})["TLP"] == "TLP:CLEAR"
    assert narrow.ref not in str(rows(client, "record/"))
    client.force_login(talks.cast.mediator)
    assert client.get(f"{HERE}record/", {"format": "csv"})["TLP"] == "TLP:AMBER"
