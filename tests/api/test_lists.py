"""Lists: narrowed by filters, sparse, counted when asked, paged by cursors, and given as files."""

from __future__ import annotations

import csv
from io import StringIO
from typing import Any

import pytest
from django.test import Client

from negotiations.api.resources import RESOURCES
from negotiations.models import Membership
from negotiations.services.claim import make_claim
from negotiations.services.marking import narrow_marking
from negotiations.services.phase import declare_phase
from tests.factories import START, Talks

from .conftest import signed_in
from .nouns import ROOT, one_of_each


@pytest.fixture
def three(small: Talks) -> list[dict[str, Any]]:
    return [one_of_each(small, number) for number in range(1, 4)]


def refs(client: Client, query: str) -> list[str]:
    response = client.get(f"{ROOT}{query}")
    assert response.status_code == 200, response.content
    return [row.get("ref") or row["id"] for row in response.json()["results"]]


NARROWED = {
    "conditions/?status=not_assessed&status=met&q=road": ["C3", "C4", "C5"],
    "conditions/?phase=11": ["C3"],
    "conditions/?obligor=S": ["C2"],
    "conditions/?is_overdue=true": ["C1", "C3", "C4", "C5"],
    "conditions/?is_blocked=true&phase=1": ["C1"],
    "conditions/?owner=mediator": [],
    "claims/?condition=C4": ["K3"],
    "claims/?claimant=southern%20shore&kind=not_fulfilled": ["K1"],
    "claims/?said_after=2025-10-11": [],
    "claims/?said_after=2025-10-10T11:00:00Z": ["K4", "K3"],
    "claims/?said_before=2025-10-10T10:00:00Z": ["K2", "K1"],
    "claims/?is_withdrawn=true": [],
    "positions/?is_withdrawn=true": [],
    "disputes/?condition=C5": ["D4"],
    "disputes/?status=open&phase=12": ["D3"],
    "incidents/?alleged_by=S&status=inconclusive&condition=C3": ["I1"],
    "meetings/?participant=E&kind=session": ["M3", "M2", "M1"],
    "sources/?reliability=B&q=bulletin": ["S4", "S3", "S2"],
    "assessments/?phase=13": ["A3"],
    "windows/?opens_before=2025-10-10T10:00:00Z": ["W1"],
    "claims/?condition=C99": [],
}


def test_filters_narrow_the_present_and_the_past_alike(three: list[dict[str, Any]], mediator: Client) -> None:
    for query, expected in NARROWED.items():
        assert refs(mediator, query) == expected, query
        if "overdue" not in query:
            assert refs(mediator, f"{query}&as_of=2025-10-12") == expected, f"{query} as of"


def test_a_filter_finds_what_was_so_then(small: Talks, anybody: Client) -> None:
    small.set_status(small.withdrawal, "in_progress", at=START.replace(day=20))
    assert refs(anybody, "conditions/?status=in_progress&as_of=2025-10-15") == []
    assert refs(anybody, "conditions/?status=in_progress&as_of=2025-10-21") == ["C1"]


def test_the_past_of_what_is_narrow_now_bears_the_marking_of_today(small: Talks, mediator: Client) -> None:
    narrow_marking(small.claim, act=small.act(at=START.replace(day=20)), version=None, marking="AMBER")
    document = mediator.get(f"{ROOT}claims/?as_of=2025-10-15").json()
    assert (document["marking"], document["license"]) == ("AMBER", None)
    assert refs(mediator, "claims/?marking=CLEAR&as_of=2025-10-15") == []


def test_a_filter_by_what_is_hidden_finds_what_one_by_nothing_finds(
    small: Talks, anybody: Client, mediator: Client
) -> None:
    hidden = small.add_condition("In confidence", marking="AMBER")
    for name in (hidden.ref, str(hidden.public_id), "C77"):
        assert refs(anybody, f"claims/?condition={name}") == []
        assert refs(anybody, f"links/?condition={name}") == []
    assert hidden.ref in refs(mediator, "conditions/")


def test_only_members_are_told_whose_a_condition_is(small: Talks, anybody: Client, mediator: Client) -> None:
    small.add_condition(owner=small.cast.mediator)
    outsider = signed_in(small, "outsider")
    assert len(refs(mediator, "conditions/?owner=me")) == len(refs(mediator, "conditions/?owner=mediator")) == 1
    assert refs(anybody, "conditions/?owner=mediator") == refs(outsider, "conditions/?owner=mediator") == []


@pytest.mark.parametrize("noun", ["claim", "source", "dispute", "condition", "party"])
def test_pages_hold_every_row_once_in_order(three: list[dict[str, Any]], mediator: Client, noun: str) -> None:
    url = f"{ROOT}{RESOURCES[noun].plural}/"
    for query in ("", "&as_of=2025-10-12"):
        whole = mediator.get(f"{url}?count=exact{query}").json()
        found, following = [], f"{url}?limit=2{query}"
        while following:
            page = mediator.get(following).json()
            found += [row["id"] for row in page["results"]]
            following = page["next"]
        assert found == [row["id"] for row in whole["results"]]
        assert whole["count"] == len(found) == len(set(found))


def test_a_row_without_a_date_comes_last_on_every_page(small: Talks, mediator: Client) -> None:
    one_of_each(small)
    first = mediator.get(f"{ROOT}sources/?limit=1").json()
    second = mediator.get(first["next"]).json()
    assert [first["results"][0]["ref"], second["results"][0]["ref"], second["next"]] == ["S2", "S1", None]


def test_only_the_members_asked_for_come(small: Talks, anybody: Client) -> None:
    (row,) = anybody.get(f"{ROOT}claims/?fields=ref,claimant").json()["results"]
    assert list(row) == ["id", "ref", "claimant", "marking"]
    (row,) = anybody.get(f"{ROOT}claims/?omit=text,claimant,conditions").json()["results"]
    assert not {"text", "claimant", "conditions"} & set(row)


def test_members_nobody_asked_for_are_not_read(
    small: Talks, anybody: Client, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(2):
        assert anybody.get(f"{ROOT}claims/?fields=ref").status_code == 200


REFUSED = {
    "claims/?clamant=x": ("unknown_parameter", "clamant"),
    "claims/?fields=nothing": ("unknown_member", "fields"),
    "claims/?kind=nonsense": ("invalid_filter", "kind"),
    "claims/?said_after=yesterday": ("invalid_filter", "said_after"),
    "claims/?is_withdrawn=perhaps": ("invalid_filter", "is_withdrawn"),
    "claims/?count=about": ("invalid_count", "count"),
    "claims/?format=xml": ("invalid_format", "format"),
    "claims/?format=csv&limit=2": ("unknown_parameter", "limit"),
    "claims/?limit=101": ("invalid_limit", "limit"),
    "claims/?cursor=abc": ("invalid_cursor", "cursor"),
    "claims/?as_of=2999-01-01": ("as_of_future", "as_of"),
    "claims/K1/?kind=fulfilled": ("unknown_parameter", "kind"),
}


def test_what_cannot_be_read_is_refused_by_name(small: Talks, anybody: Client) -> None:
    for query, (code, field) in REFUSED.items():
        response = anybody.get(f"{ROOT}{query}")
        assert (response.status_code, response.json()["code"], list(response.json()["errors"])) == (400, code, [field])
        assert response.headers["Content-Type"] == "application/problem+json"


def table(response: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(b"".join(response.streaming_content).decode())))


def test_a_file_holds_the_whole_list_and_says_how_it_may_be_used(
    three: list[dict[str, Any]], mediator: Client, anybody: Client
) -> None:
    response = anybody.get(f"{ROOT}claims/?format=csv")
    assert response.headers["TLP"] == "TLP:CLEAR"
    assert 'rel="license"' in response.headers["Link"]
    rows = table(response)
    assert [row["ref"] for row in rows] == ["K4", "K3", "K2", "K1"]
    assert rows[0]["claimant_name"] == "Southern Shore"
    assert rows[0]["conditions"] == "C5"
    assert (rows[0]["marking"], rows[0]["license"]) == ("CLEAR", "CC-BY-4.0")
    narrow = mediator.get(f"{ROOT}messages/?format=csv")
    assert narrow.headers["TLP"] == "TLP:GREEN"
    assert "Link" not in narrow.headers


def test_a_file_is_given_of_every_noun_and_of_the_past(three: list[dict[str, Any]], mediator: Client) -> None:
    for one in RESOURCES.values():
        for query in ("", "&as_of=2025-10-12"):
            rows = table(mediator.get(f"{ROOT}{one.plural}/?format=csv{query}"))
            count = mediator.get(f"{ROOT}{one.plural}/?count=exact{query}").json()["count"]
            assert len(rows) == count > 0, one.plural


def test_things_in_a_cell_are_told_by_what_people_call_them(small: Talks, anybody: Client) -> None:
    other = small.open_dispute("Who moves first", conditions=[small.withdrawal])
    small.set_status(small.withdrawal, "met", at=START)
    declare_phase(small.first, act=small.act(at=START), version=None, status="active", declared_by=small.north)
    rows = {row["ref"]: row for row in table(anybody.get(f"{ROOT}conditions/?format=csv"))}
    met = rows[small.withdrawal.ref]
    assert met["assessed_citations"] == "(source: S1, credibility: 2, grade: B2)"
    assert met["verification_actor"] == "River Monitors"
    assert met["gates"] == "(phase: 2, authority: text)"
    first, second = table(anybody.get(f"{ROOT}phases/?format=csv"))
    assert (first["readiness_blockers"], first["readiness_others"]) == ("", "")
    assert first["declared_by"] == "Northern Shore"
    assert second["readiness_text"].startswith("satisfied: 1, open: 0, total: 1, gates: (condition: C1, standing:")
    assert second["readiness_verdict"].startswith("kind: ")
    assert not any(cell.startswith(("{", "[")) for row in (*rows.values(), first, second) for cell in row.values())
    assert other.ref in met["disputes"]


def test_what_holds_a_condition_is_told_in_its_cell(small: Talks, anybody: Client) -> None:
    rows = {row["ref"]: row for row in table(anybody.get(f"{ROOT}conditions/?format=csv"))}
    assert rows["C1"]["held_by"] == "(kind: dispute, on: D1, is_binding: true)"
    step = table(anybody.get(f"{ROOT}phases/?format=csv"))[1]["readiness_next_steps"]
    assert step.startswith(
        "(kind: fulfil, conditions: C1, actors: Northern Shore, in_dispute: D1, unlocks: (phases: 2));"
    )


def test_a_spreadsheet_runs_nothing_in_a_file(small: Talks, anybody: Client) -> None:
    for text in ("=1+1", "+1-1", "-1+1", "@SUM(A1)", "\tx", "\rx", "＝1"):
        make_claim(
            act=small.act(at=START), negotiation=small.negotiation, claimant=small.north, kind="fulfilled",
            text=text, said_at=START,
        )  # fmt: skip
    rows = table(anybody.get(f"{ROOT}claims/?format=csv"))
    assert {row["text"][0] for row in rows if row["kind"] == "fulfilled"} == {"'"}


def test_people_are_named_to_members_only(small: Talks, anybody: Client, mediator: Client) -> None:
    one_of_each(small)
    assert anybody.get(f"{ROOT}assessments/").json()["results"][0]["author"] is None
    assert mediator.get(f"{ROOT}assessments/").json()["results"][0]["author"]["name"] == "Analyst"


def test_it_says_who_the_caller_is(small: Talks, anybody: Client, mediator: Client) -> None:
    assert anybody.get("/api/v1/me/").json()["is_signed_in"] is False
    me = mediator.get("/api/v1/me/").json()
    assert (me["username"], me["seats"][0]["role"], me["seats"][0]["clearance"]) == (
        "mediator", "mediator", "AMBER+STRICT",
    )  # fmt: skip
    assert me["seats"][0]["organisation"]["name"] == "Harbour Office"
    assert Membership.objects.filter(user=small.cast.mediator).count() == len(me["seats"])


def test_codes_are_told_in_both_languages_with_their_names_elsewhere(db: None, anybody: Client) -> None:
    sets = {
        one["name"]: {code["code"]: code for code in one["codes"]}
        for one in anybody.get("/api/v1/codes/").json()["sets"]
    }
    assert sets["ConditionCategory"]["ceasefire_regime"]["pax"] == ["Ce"]
    assert sets["Likelihood"]["likely"]["percent_low"] == 55
    assert sets["ConditionStatus"]["met"]["label_ar"] != "Met" == sets["ConditionStatus"]["met"]["label"]
    assert "claim.made" in sets["Verb"]
