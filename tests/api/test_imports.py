"""Tables brought in by programs: checked first, then written once, each person's own."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from negotiations.access.viewer import viewer_for
from negotiations.models import Incident, Negotiation
from tests.factories import Talks
from tests.imports.bringing import INCIDENT, as_csv, as_xlsx
from tests.imports.test_records import exported

from .conftest import signed_in

LIST = "/api/v1/negotiations/two-shores/imports/"
OPENING = "/api/v1/imports/"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def send(client: Client, data: bytes, media_type: str = "text/csv", query: str = "?kind=incidents") -> HttpResponse:
    return client.post(f"{LIST}{query}", data, content_type=media_type)


@pytest.fixture
def analyst(small: Talks) -> Client:
    return signed_in(small, "analyst")


def test_a_table_is_checked_then_written_once_then_taken_back(small: Talks, analyst: Client) -> None:
    made = send(analyst, as_csv(INCIDENT))
    assert (made.status_code, made.headers["Cache-Control"]) == (201, "private, no-store")
    document = made.json()
    assert (document["is_waiting"], document["counts"]["created"], document["problems"]) == (True, 1, [])
    assert not Incident.objects.exists()
    for _ in range(2):
        applied = analyst.post(document["urls"]["apply"])
        assert (applied.status_code, applied.json()["state"]) == (200, "applied")
    assert Incident.objects.count() == 1
    for _ in range(2):
        assert analyst.post(document["urls"]["undo"]).json()["state"] == "undone"
    assert Incident.objects.get().status == "withdrawn"


def test_everything_that_is_wrong_is_named_by_its_line(small: Talks, analyst: Client) -> None:
    document = send(analyst, as_csv(INCIDENT, {**INCIDENT, "type": "storm", "title": "Rain"})).json()
    (problem,) = document["problems"]
    assert (problem["line"], problem["column"]) == (3, "type")
    assert document["is_waiting"] is False
    refused = analyst.post(document["urls"]["apply"])
    assert (refused.status_code, refused.json()["code"]) == (422, "file_refused")


def test_a_workbook_is_taken_as_well(small: Talks, analyst: Client) -> None:
    document = send(analyst, as_xlsx(list(INCIDENT), list(INCIDENT.values())), XLSX).json()
    assert (document["problems"], document["name"]) == ([], "file.xlsx")


def test_a_check_sent_again_under_its_key_is_answered_again(small: Talks, analyst: Client) -> None:
    first, second = (
        analyst.post(
            f"{LIST}?kind=incidents", as_csv(INCIDENT), content_type="text/csv", headers={"Idempotency-Key": "k1"}
        )
        for _ in range(2)
    )
    assert first.json()["id"] == second.json()["id"]
    assert second.headers["Idempotent-Replayed"] == "true"


def test_a_form_carries_the_file_as_well(small: Talks, analyst: Client) -> None:
    def sent(file: bytes, **headers: str) -> HttpResponse:
        upload = SimpleUploadedFile("shots.csv", file, content_type="text/csv")
        return analyst.post(f"{LIST}?kind=incidents", {"file": upload}, headers=headers)

    made, again, other = (
        sent(as_csv(row), **{"Idempotency-Key": "k2"}) for row in (INCIDENT, INCIDENT, {**INCIDENT, "title": "Others"})
    )
    assert (made.status_code, made.json()["name"], made.json()["problems"]) == (201, "shots.csv", [])
    assert again.headers["Idempotent-Replayed"] == "true"
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    bare = analyst.post(f"{LIST}?kind=incidents", {"other": "x"})
    assert (bare.status_code, list(bare.json()["errors"])) == (400, ["file"])


def test_a_step_sent_again_under_its_key_is_answered_again(small: Talks, analyst: Client) -> None:
    urls = send(analyst, as_csv(INCIDENT)).json()["urls"]
    for step in ("apply", "undo"):
        first, second = (analyst.post(urls[step], headers={"Idempotency-Key": step}) for _ in range(2))
        assert (first.status_code, second.headers["Idempotent-Replayed"]) == (200, "true")
        assert first.content == second.content


def test_own_imports_are_turned_page_by_page(small: Talks, analyst: Client) -> None:
    made = [send(analyst, as_csv({**INCIDENT, "title": f"Shots {n}"})).json()["id"] for n in range(5)]
    page = analyst.get(f"{LIST}?limit=2").json()
    found = [one["id"] for one in page["results"]]
    while page["next"]:
        page = analyst.get(page["next"]).json()
        found += [one["id"] for one in page["results"]]
    assert found == made[::-1]
    assert analyst.get(f"{LIST}?page=2").status_code == 400


def test_a_record_opens_a_negotiation(small: Talks) -> None:
    lead = signed_in(small, "lead")
    data = exported(small.negotiation, viewer_for(small.cast.lead))
    for sent in (
        {"data": data, "content_type": "application/x-ndjson"},
        {"data": {"file": SimpleUploadedFile("shores.jsonl", data)}},
    ):
        made = lead.post(f"{OPENING}?kind=record", **sent)
        assert (made.status_code, made.json()["problems"]) == (201, [])
    applied = lead.post(made.json()["urls"]["apply"])
    assert (applied.status_code, applied.json()["state"]) == (200, "applied")
    assert Negotiation.objects.exclude(pk=small.negotiation.pk).get().published is False
    assert lead.post(made.json()["urls"]["undo"]).json()["code"] == "not_undoable"
    assert [one["kind"] for one in lead.get(OPENING).json()["results"]] == ["record", "record"]


@pytest.mark.parametrize(("name", "status"), [("analyst", 403), ("outsider", 403), ("", 401)])
def test_only_who_leads_a_negotiation_opens_one(small: Talks, name: str, status: int) -> None:
    client = signed_in(small, name) if name else Client()
    assert client.get(OPENING).status_code == status
    sent = client.post(f"{OPENING}?kind=record", b"{}", content_type="application/x-ndjson")
    assert sent.status_code == status


def test_an_organisation_of_others_leads_nothing(small: Talks) -> None:
    lead = signed_in(small, "lead")
    query = f"?kind=record&organisation={uuid4()}"
    sent = lead.post(f"{OPENING}{query}", b"{}", content_type="application/x-ndjson")
    assert (sent.status_code, list(sent.json()["errors"])) == (400, ["organisation"])


@pytest.mark.parametrize("query", ["", "?kind=record", "?kind=incidents&marking=RED", "?kind=x"])
def test_it_refuses_what_it_does_not_take(small: Talks, analyst: Client, query: str) -> None:
    assert send(analyst, as_csv(INCIDENT), query=query).status_code == 400
    assert send(analyst, b"{}", "application/json").status_code == 415


def test_nobody_else_finds_an_import(small: Talks, analyst: Client, anybody: Client) -> None:
    document = send(analyst, as_csv(INCIDENT)).json()
    own = document["urls"]["self"]
    for name in ("lead", "outsider"):
        other = signed_in(small, name)
        assert [other.get(own).status_code, other.post(f"{own}apply/").status_code] == [404, 404]
    assert signed_in(small, "lead").get(LIST).json()["results"] == []
    assert (anybody.get(own).status_code, anybody.get(LIST).status_code) == (401, 401)
    assert signed_in(small, "reader").get(LIST).status_code == 403
    assert signed_in(small, "outsider").get(LIST).status_code == 403
    assert [one["id"] for one in analyst.get(LIST).json()["results"]] == [document["id"]]
