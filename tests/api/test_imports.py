"""Tables brought in by programs: checked first, then written once, each person's own."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import Client

from negotiations.models import Incident
from tests.factories import Talks
from tests.imports.bringing import INCIDENT, as_csv, as_xlsx

from .conftest import signed_in

LIST = "/api/v1/negotiations/two-shores/imports/"
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
