"""What was taken away here can be brought in again: the tracker knows its own files, and says which column is which."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.test import Client

from negotiations.imports.mappings import MAPPINGS
from negotiations.models import Condition
from negotiations.pages.views import conditions, incidents, positions, sources
from tests.factories import Talks
from tests.services import facts

from .bringing import CLAIM, CONDITION, as_csv, check, told, write

pytestmark = pytest.mark.django_db
XLSX = "file.xlsx"
PAGES = {"conditions": conditions, "incidents": incidents, "positions": positions, "sources": sources}


def taken(client: Client, page: str) -> Any:
    """The workbook of a page, as somebody opens it."""
    body = client.get(f"/n/two-shores/{page}/", {"format": "xlsx"}).getvalue()  # type: ignore[attr-defined]
    return openpyxl.load_workbook(BytesIO(body))


def saved(book: Any) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def keep(sheet: Any, *names: str) -> None:
    """Remove every column but these."""
    for place in range(sheet.max_column, 0, -1):
        if sheet.cell(1, place).value not in names:
            sheet.delete_cols(place)


def test_a_workbook_that_was_taken_away_is_brought_with_its_sheet_about_itself(talks: Talks, client: Client) -> None:
    client.force_login(talks.cast.analyst)
    book = taken(client, "conditions")
    assert book.sheetnames == ["rows", "about"]
    keep(book["rows"], "ref", "title", "phase", "category", "obligors", "marking")
    book["rows"]["B2"] = "Withdraw behind the line"
    batch = check(talks, "conditions", saved(book), XLSX)
    assert told(batch) == []
    assert (batch.counts["changed"], batch.counts["unchanged"]) == (1, 1)
    write(batch)
    assert Condition.objects.get(pk=talks.withdrawal.pk).title == "Withdraw behind the line"


@pytest.mark.parametrize("title", ["About", "notes", "about"])
def test_any_other_second_sheet_is_refused(talks: Talks, title: str) -> None:
    book = openpyxl.Workbook()
    for row in (list(CLAIM), list(CLAIM.values())):
        book.active.append(row)
    other = book.create_sheet(title)
    other.append(["made_by", "Somebody else" if title == "about" else "Ceasefire Negotiation Tracker"])
    assert "This workbook holds several filled sheets." in told(check(talks, "claims", saved(book), XLSX))[0]


def test_two_sheets_of_rows_beside_it_are_refused(talks: Talks, client: Client) -> None:
    book = taken(client, "conditions")
    book.copy_worksheet(book["rows"])
    assert "This workbook holds several filled sheets." in told(check(talks, "conditions", saved(book), XLSX))[0]


def test_a_workbook_with_nothing_but_that_sheet_is_empty(talks: Talks, client: Client) -> None:
    book = taken(client, "conditions")
    del book["rows"]
    assert "This file is empty." in told(check(talks, "conditions", saved(book), XLSX))[0]


@pytest.mark.parametrize("kind", PAGES)
def test_each_column_of_a_page_is_known_or_told_what_to_do_with(kind: str) -> None:
    mapping, columns = MAPPINGS[kind], PAGES[kind].COLUMNS  # type: ignore[attr-defined]
    unknown = [name for name in columns if mapping.column(name) is None]
    assert [name for name in unknown if name not in mapping.meant and name not in mapping.unwritten] == []
    named = {name for names in mapping.meant.values() for name in names.split(", ")}
    assert named <= {column.name for column in mapping.columns}


def test_a_column_that_no_table_changes_is_told_so_and_one_of_another_name_by_its_name(
    talks: Talks, client: Client
) -> None:
    facts.incident(talks)
    said = told(check(talks, "incidents", saved(taken(client, "incidents")), XLSX))
    assert "1 status: No column is called so. Leave this column out: no table changes what it says." in said
    assert "1 place_precision: No column is called so. What it says is brought in as: where_prec." in said
    assert "1 sources: No column is called so. What it says is brought in as: source." in said


def test_several_refs_are_read_as_files_have_them(talks: Talks) -> None:
    for cell in ("C1 C2", "C1; C2"):
        assert told(check(talks, "claims", as_csv({**CLAIM, "conditions": cell}))) == []
    assert told(check(talks, "claims", as_csv({**CLAIM, "conditions": "Release the detainees"}))) == []
    assert "“C1 C9” is not known here." in told(check(talks, "claims", as_csv({**CLAIM, "conditions": "C1 C9"})))[0]


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        ("ucdp_ged", "UCDP Georeferenced Event Dataset (GED) Global”, version 23.1"),
        ("osce_smm", "no published dataset"),
        ("osce_smm", "ceasefire_violations, qualifier"),
        ("conditions", "Take the template and fill it in."),
    ],
)
def test_a_table_without_its_columns_says_where_they_come_from(talks: Talks, kind: str, says: str) -> None:
    row = {name: value for name, value in CONDITION.items() if name != "title"}
    (first, *_rest) = told(check(talks, kind, as_csv(row)))
    assert "This column is missing." in first
    assert says in first
    assert ("template" in first) == (kind == "conditions")
