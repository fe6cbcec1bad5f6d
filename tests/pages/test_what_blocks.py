"""The overview and the roadmap show what blocks the next phase, as a drawing and as the same list."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from negotiations.rules.codes import Marking
from negotiations.services.gate import assert_gate
from negotiations.services.link import add_link
from tests.factories import START, Talks

OVERVIEW, ROADMAP, COMPLETENESS = "/n/two-shores/", "/n/two-shores/roadmap/", "/n/two-shores/completeness/"


def read(client: Client, page: str = OVERVIEW) -> str:
    return client.get(page).content.decode()


def tie(shore: Talks, **fields: object) -> None:
    act = shore.act(at=START)
    add_link(act=act, condition=shore.withdrawal, other=shore.release, type="requires", **fields)


@pytest.mark.parametrize("page", [OVERVIEW, ROADMAP])
def test_a_drawing_stands_beside_the_same_as_a_list(shore: Talks, client: Client, page: str) -> None:
    tie(shore)
    found = read(client, page)
    assert '<svg class="chart chart-w chart-n"' in found
    assert "requires C2 “Release the detainees”" in found
    assert f"open dispute {shore.dispute.ref}" in found


@pytest.mark.parametrize("page", [OVERVIEW, ROADMAP])
def test_it_names_the_next_step_under_the_text(shore: Talks, client: Client, page: str) -> None:
    tie(shore)
    assert "Southern Shore: fulfil C2 “Release the detainees”" in read(client, page)


def test_a_reading_of_an_actor_stands_apart(shore: Talks, client: Client) -> None:
    also = {"authority": "actors", "asserted_by": [shore.egret]}
    assert_gate(act=shore.act(at=START), phase=shore.second, condition=shore.release, **also)
    found = read(client)
    assert "Also required according to Egret Island: 1 of 1 unmet" in found
    assert "1 of 1 entry condition in the text unmet" in found


@pytest.mark.parametrize("page", [OVERVIEW, "/n/two-shores/brief/"])
def test_what_is_met_or_replaced_is_not_said_to_hold_the_phase(shore: Talks, client: Client, page: str) -> None:
    for number, status in enumerate(("met", "waived", "partly_met"), start=3):
        one = shore.add_condition(f"Bridge {number}")
        assert_gate(act=shore.act(at=START), phase=shore.second, condition=one)
        shore.set_status(one, status, at=START, **({"waived_by": shore.southern} if status == "waived" else {}))
    shore.set_status(shore.release, "met", at=START)
    add_link(act=shore.act(at=START), condition=shore.withdrawal, other=shore.release, type="alternative_to")
    held = read(client, page).split(">What holds phase 2</h2>")[1].split("</table>")[0]
    assert re.findall(r'<td class="code">(\w+)</td>', held) == ["C5"]
    assert "1 of 4 entry conditions in the text unmet" in read(client, page)


def test_drawings_of_one_page_have_names_of_their_own(shore: Talks, client: Client) -> None:
    also = {"authority": "actors", "asserted_by": [shore.egret]}
    assert_gate(act=shore.act(at=START), phase=shore.second, condition=shore.release, **also)
    found = read(client)
    names = [part.split('"')[0] for part in found.split(' id="')[1:]]
    assert len(names) == len(set(names))


def test_a_hidden_link_changes_no_byte_for_the_public(shore: Talks, client: Client) -> None:
    before = read(client, ROADMAP)
    tie(shore, marking=Marking.AMBER)
    assert _drawings(read(client, ROADMAP)) == _drawings(before)


def _drawings(page: str) -> list[str]:
    return page.split("<svg")[1:]


def test_the_roadmap_asks_as_often_for_many_rows_as_for_few(shore: Talks, client: Client) -> None:
    counts = []
    for _round in range(2):
        for number in range(6):
            shore.add_condition(f"Bridge {number}")
        with CaptureQueriesContext(connection) as asked:
            read(client, ROADMAP)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_what_the_roadmap_leaves_open_is_for_those_who_edit(shore: Talks, client: Client) -> None:
    assert client.get(COMPLETENESS).status_code == 302
    client.force_login(shore.cast.reader)
    assert client.get(COMPLETENESS).status_code == 403
    client.force_login(shore.cast.analyst)
    assert "No verifier" in read(client, COMPLETENESS)
