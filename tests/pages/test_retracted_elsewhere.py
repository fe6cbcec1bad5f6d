"""What rests on a source taken back says so in files, in a brief, on the first page and beside positions too."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

from negotiations.models import User
from negotiations.services.act import Cite
from negotiations.services.dispute import change_dispute_status
from negotiations.services.gate import assert_gate
from negotiations.services.negotiation import change_negotiation_status
from negotiations.services.position import state_position
from negotiations.services.source import retract_source
from tests.factories import START, Talks
from tests.services import facts

SignIn = Callable[[User], Client]
N = "/n/two-shores/"


@pytest.fixture
def shaken(shore: Talks) -> Talks:
    """Everything rests on a source taken back since; an actor requires the release beside the text."""
    also = {"authority": "actors", "asserted_by": [shore.egret]}
    assert_gate(act=shore.act(at=START), phase=shore.second, condition=shore.release, **also)
    for row in (shore.withdrawal, shore.release):
        shore.set_status(row, "in_progress")
    change_dispute_status(shore.dispute, act=shore.act(), version=None, status="narrowed")
    change_negotiation_status(shore.negotiation, act=shore.act(), version=None, status="stalled")
    facts.incident(shore)
    retract_source(shore.source, act=shore.act(), version=None)
    return shore


@pytest.mark.parametrize("place", ["/", f"{N}changes/?since=30d"])
def test_lists_of_changes_say_it_beside_the_grade(shaken: Talks, client: Client, place: str) -> None:
    page = client.get(place).content.decode()
    change = page[page.index("Stalled") :].split("</li>")[0]
    assert 'class="tag">retracted' in change


@pytest.mark.parametrize("noun", ["disputes", "incidents", "conditions", "positions"])
def test_files_have_it_as_a_column(shaken: Talks, client: Client, noun: str) -> None:
    assert {tuple(row["rests_on_retracted"]) for row in rows(client, f"{N}{noun}/")} == {("S1",)}
    text = client.get(f"{N}{noun}/", {"format": "csv"}).getvalue().decode("utf-8-sig")
    assert next(csv.DictReader(text.splitlines()))["rests_on_retracted"] == "S1"


def test_the_file_of_all_negotiations_has_it_for_the_status_and_for_what_holds(shaken: Talks, client: Client) -> None:
    (row,) = rows(client, "/")
    assert (row["rests_on_retracted"], row["held_by"], row["held_by_rests_on_retracted"]) == (["S1"], "C1", ["S1"])


def test_what_needs_attention_says_so(shaken: Talks, client: Client) -> None:
    page = client.get("/").content.decode()
    assert "rests on a retracted source" in page[page.index('id="attention"') :].split("</section>")[0]


def test_so_does_what_holds_a_negotiation_up(shaken: Talks, client: Client) -> None:
    page = client.get("/").content.decode()
    assert "rests on a retracted source" in page[page.index('class="row-n held"') :].split("</td>")[0]


def test_the_matrix_of_positions_names_it(shaken: Talks, client: Client) -> None:
    cell = client.get(f"{N}positions/").content.decode().split("The line follows the river.")[1].split("</td>")[0]
    assert (">S1</a>" in cell, ">retracted<" in cell) == (True, True)


def test_a_brief_flags_disputes_and_what_is_required_beside_the_text(shaken: Talks, client: Client) -> None:
    page = " ".join(client.get(f"{N}brief/").content.decode().split())
    assert page.count("source retracted: S1") == 3
    assert "source retracted: S1" in page.split("Release the detainees")[1][:80]
    assert "source retracted: S1" in page.split('id="disputes"')[1].split("</li>")[0]


def test_so_does_its_file(shaken: Talks, client: Client) -> None:
    pdf = PdfReader(BytesIO(client.get(f"{N}brief.pdf").content))
    text = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    assert text.count("source retracted: S1") == 3


@pytest.mark.parametrize("noun", ["disputes", "incidents", "positions"])
def test_a_file_that_names_a_narrower_source_is_as_narrow(
    shore: Talks, client: Client, signed_in: SignIn, noun: str
) -> None:
    hidden = facts.source(shore)
    cited = shore.act(cites=(*shore.act().cites, Cite(source=hidden, credibility="2")))
    change_dispute_status(shore.dispute, act=cited, version=None, status="narrowed")
    facts.incident(shore, act=cited)
    state_position(
        act=cited, negotiation=shore.negotiation, actor=shore.north, stance="accepts", summary="It does not.",
        stated_at=START, dispute=shore.dispute,
    )  # fmt: skip
    retract_source(hidden, act=shore.act(), version=None)
    told = [one.get(f"{N}{noun}/", {"format": "csv"}) for one in (signed_in(shore.cast.mediator), Client())]
    assert [file["TLP"] for file in told] == ["TLP:AMBER", "TLP:CLEAR"]
    named = [hidden.ref in file.getvalue().decode() for file in told]
    assert named == [True, False]


def rows(client: Client, address: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(client.get(address, {"format": "json"}).getvalue())["rows"]
    return found
