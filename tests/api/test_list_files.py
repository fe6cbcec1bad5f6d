"""Lists as files: whole, in every format, each saying how it is marked, of which moment it is and what proves it."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.test import Client

from negotiations.api.resources.listing import Listing
from negotiations.exports.proof import public_head
from negotiations.services.claim import make_claim
from negotiations.services.marking import narrow_marking
from tests.factories import START, Talks

from .nouns import ROOT, one_of_each


def sheets(response: Any) -> Any:
    assert response.status_code == 200
    return openpyxl.load_workbook(BytesIO(response.getvalue()))


def rows(response: Any) -> list[dict[str, Any]]:
    head, *found = sheets(response)["rows"].values
    return [dict(zip(head, row, strict=True)) for row in found]


def claim(small: Talks, text: str, marking: str = "CLEAR") -> Any:
    return make_claim(
        act=small.act(at=START), negotiation=small.negotiation, claimant=small.north, kind="fulfilled", text=text,
        said_at=START, marking=marking,
    )  # fmt: skip


def test_a_workbook_holds_the_whole_list_with_numbers_as_numbers(small: Talks, anybody: Client) -> None:
    one_of_each(small)
    found = rows(anybody.get(f"{ROOT}claims/?format=xlsx"))
    assert [row["ref"] for row in found] == ["K2", "K1"]
    assert (found[0]["value_best"], found[0]["claimant_name"], found[0]["license"]) == (
        4,
        "Southern Shore",
        "CC-BY-4.0",
    )


def test_a_workbook_says_what_it_is_inside_and_in_its_headers(small: Talks, anybody: Client) -> None:
    response = anybody.get(f"{ROOT}claims/?format=xlsx&as_of=2025-10-12")
    about = dict(sheets(response)["about"].values)
    link = public_head(small.negotiation)
    assert (about["marking"], about["license"], about["record_link"]) == ("TLP:CLEAR", "CC-BY-4.0", link)
    assert about["as_of"] == response["As-Of"] != about["made_at"]
    assert (response["TLP"], response["Record-Link"]) == ("TLP:CLEAR", link)
    assert "two-shores-claims_TLP-CLEAR_2025-10-12T" in response["Content-Disposition"]


def test_above_clear_there_is_no_licence_in_it(small: Talks, mediator: Client) -> None:
    claim(small, "Kept close.", "AMBER")
    response = mediator.get(f"{ROOT}claims/?format=xlsx")
    assert {row["license"] for row in rows(response)} == {None}
    assert (response["TLP"], "Link" in response) == ("TLP:AMBER", False)


def test_a_workbook_runs_nothing(small: Talks, anybody: Client) -> None:
    for text in ("=1+1", "+1-1", "-1+1", "@SUM(A1)", "＝1"):
        claim(small, text)
    found = rows(anybody.get(f"{ROOT}claims/?format=xlsx&kind=fulfilled"))
    assert {row["text"][0] for row in found} == {"'"}


def test_what_lies_inside_an_item_marks_the_file_too(small: Talks, mediator: Client) -> None:
    made = one_of_each(small)
    narrow_marking(made["proposalversion"], act=small.act(), version=None, marking="AMBER")
    assert mediator.get(f"{ROOT}proposals/?format=csv")["TLP"] == "TLP:AMBER"
    assert mediator.get(f"{ROOT}proposals/?format=csv&fields=ref")["TLP"] == "TLP:CLEAR"


def test_what_is_told_while_the_file_is_made_cannot_be_narrower_than_the_file(
    small: Talks, mediator: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = Listing.chunks

    def chunks(self: Listing) -> Iterator[list[Any]]:
        claim(small, "Told meanwhile.", "AMBER")
        claim(small, "Told openly.")
        yield from read(self)

    monkeypatch.setattr(Listing, "chunks", chunks)
    response = mediator.get(f"{ROOT}claims/?format=csv")
    body = response.getvalue().decode()
    assert (response["TLP"], "Told openly" in body, "Told meanwhile" in body) == ("TLP:CLEAR", True, False)


def test_a_table_for_programs_begins_with_its_first_column(small: Talks, anybody: Client) -> None:
    assert anybody.get(f"{ROOT}claims/?format=csv").getvalue().startswith(b"id,")
