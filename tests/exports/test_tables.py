"""Lists as files: one set of rows as CSV, XLSX and JSON, each saying what it is, none that a spreadsheet runs."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.test import Client

from negotiations.exports import table as tables
from negotiations.exports.stamp import FileStamp
from negotiations.exports.table import Table, csv_pieces, json_pieces, xlsx_file
from negotiations.rules.codes import Marking
from tests.factories import Talks

NOW = datetime(2025, 12, 8, 12, tzinfo=UTC)
STAMP = FileStamp("two-shores-conditions", Marking.CLEAR, NOW, NOW, link="ab" * 32)


def made(rows: Any, stamp: FileStamp = STAMP) -> Table:
    return Table(stamp, ("ref", "value"), rows)


def book(table: Table) -> Any:
    with xlsx_file(table) as file:
        return openpyxl.load_workbook(BytesIO(file.read()))


def test_a_workbook_holds_numbers_as_numbers_and_runs_nothing() -> None:
    sheet = book(made([("C1", 20), ("=1+1", "@SUM(A1)"), ("http://example.org", None)]))["rows"]
    assert [[cell.value for cell in row] for row in sheet.rows] == [
        ["ref", "value"], ["C1", 20], ["'=1+1", "'@SUM(A1)"], ["http://example.org", None],
    ]  # fmt: skip
    assert {cell.data_type for row in sheet.rows for cell in row} <= {"s", "n"}


def test_a_workbook_names_marking_moment_licence_and_proof() -> None:
    found = book(made([]))
    about = {row[0].value: row[1].value for row in found["about"].rows}
    assert about == {
        "made_by": "Ceasefire Negotiation Tracker", "marking": "TLP:CLEAR", "as_of": "2025-12-08T12:00:00+00:00",
        "made_at": "2025-12-08T12:00:00+00:00", "license": "CC-BY-4.0", "record_link": "ab" * 32,
    }  # fmt: skip
    assert found.custom_doc_props["marking"].value == "TLP:CLEAR"


def test_above_clear_there_is_no_licence_to_pass_it_on() -> None:
    narrow = FileStamp("x", Marking.AMBER, NOW, NOW)
    assert "license" not in narrow.facts()
    assert "Link" not in narrow.headers("csv")


def test_a_long_text_says_where_it_was_cut() -> None:
    (cell,) = book(made([("C1", "x" * 40_000)]))["rows"]["B"][1:]
    assert cell.value.endswith("have all of it)")
    assert len(cell.value) == 32_767


def test_a_workbook_goes_on_on_another_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "ROWS_MOST", 3)
    found = book(made([(f"C{number}", number) for number in range(5)]))
    assert [len(list(found[name].rows)) for name in ("rows", "rows 2", "rows 3")] == [3, 3, 2]


def test_json_has_its_facts_around_typed_rows() -> None:
    found = json.loads(b"".join(json_pieces(made([("C1", 20), ("C2", None)]))))
    assert (found["marking"], found["record_link"]) == ("TLP:CLEAR", "ab" * 32)
    assert found["rows"] == [{"ref": "C1", "value": 20}, {"ref": "C2", "value": None}]


def test_json_has_amounts_as_numbers() -> None:
    found = json.loads(b"".join(json_pieces(made([("C1", Decimal("28.000")), ("C2", Decimal("0.25"))]))))
    assert [repr(row["value"]) for row in found["rows"]] == ["28", "0.25"]


def test_csv_is_a_plain_table_with_its_facts_in_name_and_headers() -> None:
    assert "".join(csv_pieces(made([("=1", 2)]))) == "\ufeffref,value\r\n'=1,2\r\n"
    headers = STAMP.headers("csv")
    assert headers["Content-Disposition"] == (
        'attachment; filename="two-shores-conditions_TLP-CLEAR_2025-12-08T1200Z_abababab.csv"'
    )
    assert (headers["Record-Link"], headers["As-Of"]) == ("ab" * 32, "2025-12-08T12:00:00+00:00")


def test_a_name_says_as_known_when() -> None:
    known = replace(STAMP, known_at=datetime(2025, 12, 1, 22, 59, tzinfo=UTC))
    assert known.file_name("csv") == (
        "two-shores-conditions_TLP-CLEAR_2025-12-08T1200Z_known-2025-12-01T2259Z_abababab.csv"
    )


@pytest.mark.parametrize("make", [csv_pieces, json_pieces])
def test_rows_are_read_as_they_are_sent(make: Any) -> None:
    read: list[int] = []

    def rows() -> Any:
        for number in range(10_000):
            read.append(number)
            yield ("C1", number)

    pieces = iter(make(made(rows())))
    for _piece in range(3):
        next(pieces)
    assert len(read) <= 2 * tables.PIECE


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
@pytest.mark.parametrize(
    "noun",
    [
        *("conditions/", "disputes/", "positions/", "sources/", "calendar/", "incidents/", "changes/", "corrections/"),
        *("", "text/", "roadmap/", "outlook/", "record/"),
    ],
)
def test_every_list_is_given_in_every_format(talks: Talks, client: Client, noun: str, form: str) -> None:
    response = client.get(f"/n/two-shores/{noun}?format={form}")
    assert response.status_code == 200
    assert (response["TLP"], len(response["Record-Link"])) == ("TLP:CLEAR", 64)
    assert f".{form}" in response["Content-Disposition"]


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
@pytest.mark.parametrize("page", ["brief/", "disputes/D1/", "conditions/C1/", "sources/S1/"])
def test_a_page_without_a_list_refuses_to_be_a_file(talks: Talks, client: Client, page: str, form: str) -> None:
    assert client.get(f"/n/two-shores/{page}").status_code == 200
    response = client.get(f"/n/two-shores/{page}?format={form}")
    says = "Pages of one item and pages on which one writes are not given as files"
    assert (response.status_code, says in response.content.decode()) == (400, True)
