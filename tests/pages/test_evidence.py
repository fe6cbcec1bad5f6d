"""Pages show two ages of what is known: when somebody last looked, and how new the evidence is."""

from __future__ import annotations

import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.test import Client

from negotiations.rules.codes import ConditionStatus
from tests.factories import START, Talks

from .conftest import address

LIST = "/n/two-shores/conditions/"


@pytest.fixture
def checked(shore: Talks) -> Talks:
    """The withdrawal moved on the second day, by a source without a day of its own."""
    shore.set_status(shore.withdrawal, ConditionStatus.IN_PROGRESS, at=START + timedelta(days=1))
    return shore


def test_the_table_has_both_moments(checked: Talks, client: Client) -> None:
    table = b"".join(client.get(f"{LIST}?format=csv")).decode("utf-8-sig")
    rows = csv.DictReader(line for line in StringIO(table) if not line.startswith("#"))
    moments = {row["ref"]: row["evidence_at"] for row in rows}
    assert moments["C1"].startswith("2025-10-11T")
    assert moments["C2"] == ""


@pytest.mark.parametrize("prefix", ["", "/ar"])
def test_the_list_and_the_page_show_how_new_the_evidence_is(checked: Talks, client: Client, prefix: str) -> None:
    words = {"": "newest evidence", "/ar": "أحدث دليل"}[prefix]
    asked = {"as_of": "2025-10-15"}
    listed = client.get(f"{prefix}{LIST}", asked).content.decode()
    page = client.get(f"{prefix}{address(checked.withdrawal)}", asked).content.decode()
    assert listed.count(words) == 1
    assert words in page
