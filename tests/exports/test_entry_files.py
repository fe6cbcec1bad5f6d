"""Changes and corrections as files: all of them, a row for each field, under the narrowest marking in them."""

from __future__ import annotations

from csv import DictReader
from io import StringIO

import pytest
from django.test import Client

from negotiations.models import Entry
from negotiations.rules.marking import ANYBODY
from negotiations.selectors import entry_cursor
from negotiations.services.condition import edit_condition
from negotiations.services.correction import correct
from tests.factories import Talks

pytestmark = pytest.mark.django_db
CHANGES, CORRECTIONS = "/n/two-shores/changes/", "/n/two-shores/corrections/"


def rows(client: Client, address: str, **asked: str) -> list[dict[str, str]]:
    body = client.get(address, {**asked, "format": "csv"}).getvalue()  # type: ignore[attr-defined]
    return list(DictReader(StringIO(body.decode("utf-8-sig"))))


def test_changes_come_newest_first_with_a_row_for_each_field(talks: Talks, client: Client) -> None:
    act = talks.act(reason="Counted once more.")
    edit_condition(talks.release, act=act, version=None, target=25, title="Release all")
    told = {row["field"]: row for row in rows(client, CHANGES)[:2]}
    assert (told["Title"]["after"], told["Target"]["before"], told["Target"]["after"]) == ("Release all", "20", "25")
    assert {(row["verb"], row["ref"], row["why"]) for row in told.values()} == {
        ("condition.edited", "C2", "Counted once more.")
    }


def test_a_file_of_changes_has_all_of_them_however_they_are_read(
    talks: Talks, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = rows(client, CHANGES)
    monkeypatch.setattr(entry_cursor, "CHUNK", 3)
    assert rows(client, CHANGES) == whole
    seen = Entry.objects.visible_to(ANYBODY).filter(negotiation=talks.negotiation)
    assert len({row["id"] for row in whole}) == seen.count()
    assert {row["kind"] for row in rows(client, CHANGES, noun="phase")} == {"phase"}


@pytest.mark.parametrize("address", [CHANGES, CORRECTIONS])
def test_it_bears_the_narrowest_marking_in_it(talks: Talks, client: Client, address: str) -> None:
    hidden = talks.add_condition("Known to few", marking="AMBER")
    talks.set_status(hidden, "in_progress")
    last = Entry.objects.filter(subject_id=hidden.public_id).latest("seq")
    correct(last, act=talks.act(), version=None, status="partly_met")
    assert client.get(address, {"format": "csv"})["TLP"] == "TLP:CLEAR"
    assert "Known to few" not in str(rows(client, address))
    client.force_login(talks.cast.mediator)
    assert client.get(address, {"format": "csv"})["TLP"] == "TLP:AMBER"
    assert "Known to few" in str(rows(client, address, since="7d"))


def test_a_file_of_corrections_says_what_was_said_before_and_by_whom(talks: Talks, client: Client) -> None:
    talks.set_status(talks.withdrawal, "in_progress")
    last = Entry.objects.get(verb="condition.status_changed")
    correct(last, act=talks.act(reason="Misheard."), version=None, status="partly_met")
    (row,) = rows(client, CORRECTIONS)
    assert (row["field"], row["before"], row["after"], row["why"]) == (
        "Status", "In progress", "Partly met", "Misheard.",
    )  # fmt: skip
    assert (row["corrects"], row["said_by"], row["said_why"]) == (
        str(last.public_id), "Harbour Office", "Reported today.",
    )  # fmt: skip
    assert rows(client, CORRECTIONS, verb="entry.undone") == []
