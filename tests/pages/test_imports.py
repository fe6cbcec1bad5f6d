"""Files brought in by pages: checked first, written by a button, taken back, seen by nobody but who brought them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from negotiations.models import Entry, ImportBatch, Incident, User
from negotiations.services.claim import withdraw_claim
from tests.factories import Talks
from tests.imports.bringing import CLAIM, INCIDENT, as_csv

SignIn = Callable[[User], Client]
PAGE = "/n/two-shores/import/"


def upload(client: Client, data: bytes, kind: str = "incidents", name: str = "file.csv", **sent: Any) -> Any:
    fields = {"kind": kind, "marking": "CLEAR", "file": SimpleUploadedFile(name, data), **sent}
    return client.post(PAGE, fields)


@pytest.fixture
def desk(shore: Talks, signed_in: SignIn) -> Client:
    return signed_in(shore.cast.analyst)


def test_a_file_is_checked_then_written_then_taken_back(shore: Talks, desk: Client) -> None:
    there = upload(desk, as_csv(INCIDENT))["Location"]
    page = desk.get(there).content.decode()
    assert "Shots near the bridge" in page
    assert "Write it" in page
    assert not Incident.objects.exists()
    assert desk.post(f"{there}apply/").status_code == 303
    assert Incident.objects.get().title == "Shots near the bridge"
    page = desk.get(there).content.decode()
    assert "The file is written" in page
    assert "Take it back" in page
    desk.post(f"{there}undo/")
    assert Incident.objects.get().status == "withdrawn"
    assert "The import is taken back." in desk.get(there).content.decode()


def test_all_problems_are_shown_by_line_and_in_pages(shore: Talks, desk: Client) -> None:
    rows = [{**INCIDENT, "type": "storm", "title": f"Storm {count}"} for count in range(60)]
    there = upload(desk, as_csv(*rows))["Location"]
    first, second = (desk.get(f"{there}?page={page}").content.decode() for page in (1, 2))
    assert first.count("“storm” is not known here.") == 50
    assert second.count("“storm” is not known here.") == 10
    assert "Write it" not in first


def test_a_remark_about_no_line_names_none(shore: Talks, desk: Client) -> None:
    there = upload(desk, as_csv(INCIDENT))["Location"]
    desk.post(f"{there}apply/")
    report = {"rows": [{"line": line, "remark": f"Remark {line}."} for line in (0, 7)]}
    ImportBatch.objects.update(report=report)
    page = desk.get(there).content.decode()
    assert '<li><span><bdi>Remark 0.</bdi></span></li><li><span class="code">7</span>' in page


def test_a_form_without_a_file_is_refused(shore: Talks, desk: Client) -> None:
    response = desk.post(PAGE, {"kind": "incidents", "marking": "CLEAR"})
    assert response.status_code == 422
    assert "Not saved yet" in response.content.decode()


def test_a_form_sent_twice_writes_once(shore: Talks, desk: Client) -> None:
    there = upload(desk, as_csv(INCIDENT))["Location"]
    for _ in range(2):
        assert desk.post(f"{there}apply/").status_code == 303
    assert Incident.objects.count() == 1
    assert "This was saved already." in desk.get(there).content.decode()


def test_what_was_built_on_it_prevents_taking_it_back_and_is_named(shore: Talks, desk: Client) -> None:
    there = upload(desk, as_csv(CLAIM), "claims")["Location"]
    desk.post(f"{there}apply/")
    claim = shore.negotiation.claims.latest("pk")
    withdraw_claim(claim, act=shore.act(), version=None)
    desk.post(f"{there}undo/")
    assert f"{claim.ref} was changed since." in desk.get(there).content.decode()
    assert ImportBatch.objects.get().state == "applied"


@pytest.mark.parametrize("name", ["lead", "mediator", "reader", "outsider"])
def test_nobody_else_finds_what_somebody_brought(shore: Talks, desk: Client, signed_in: SignIn, name: str) -> None:
    there = upload(desk, as_csv(INCIDENT))["Location"]
    other = signed_in(getattr(shore.cast, name))
    answers = [other.get(there).status_code, *(other.post(f"{there}{what}/").status_code for what in ("apply", "undo"))]
    assert answers == [404, 404, 404]
    if name in ("lead", "mediator"):
        assert "file.csv" not in other.get(PAGE).content.decode()


def test_readers_bring_nothing(shore: Talks, signed_in: SignIn) -> None:
    client = signed_in(shore.cast.reader)
    assert (client.get(PAGE).status_code, upload(client, as_csv(INCIDENT)).status_code) == (403, 403)
    assert signed_in(shore.cast.analyst).get("/import/").status_code == 403
    assert signed_in(shore.cast.lead).get("/import/").status_code == 200


@pytest.mark.parametrize("kind", ["conditions", "claims", "positions", "incidents", "sources"])
def test_a_template_comes_in_as_it_is(shore: Talks, desk: Client, kind: str) -> None:
    template = desk.get(f"{PAGE}template/{kind}/")
    assert template["Content-Disposition"] == f'attachment; filename="{kind}-template.csv"'
    shore.withdrawal.refresh_from_db()
    there = upload(desk, template.content, kind)["Location"]
    assert "Write it" in desk.get(there).content.decode()


def test_pages_cost_the_same_for_2_and_for_60_rows(shore: Talks, desk: Client) -> None:
    costs = []
    for count in (2, 60):
        there = upload(desk, as_csv(*({**INCIDENT, "title": f"{count} shots {one}"} for one in range(count))))[
            "Location"
        ]
        for address in (there, PAGE):
            with CaptureQueriesContext(connection) as queries:
                desk.get(address)
            costs.append(len(queries))
        desk.post(f"{there}apply/")
        with CaptureQueriesContext(connection) as queries:
            desk.get(there)
        costs.append(len(queries))
    assert costs[:3] == costs[3:]
    assert max(costs) <= 40
    assert Entry.objects.filter(verb="incident.reported").count() == 62


def test_who_may_open_a_negotiation_finds_the_way_on_the_dashboard(shore: Talks, client: Client) -> None:
    for person, is_there in ((shore.cast.lead, True), (shore.cast.analyst, False)):
        client.force_login(person)
        assert ('href="/import/"' in client.get("/").content.decode()) is is_there
