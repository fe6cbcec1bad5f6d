"""Rows of a list, once, for every format: a plain table as CSV, XLSX or JSON, some rows at a time."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from tempfile import TemporaryFile
from typing import IO, Any

import orjson
import xlsxwriter
from django.utils.timezone import localtime
from xlsxwriter.worksheet import Worksheet

from negotiations.rules.cells import cell_text
from negotiations.rules.maker import ABOUT, SITE
from negotiations.selectors.words import Words

from .stamp import FileStamp

Cell = str | int | float | Decimal | bool | date | datetime | Words | Sequence[str] | None
PIECE = 500
# What one sheet and one cell of a workbook can hold.
ROWS_MOST, TEXT_MOST = 1_048_576, 32_767
CUT = " … (cut here; the CSV and JSON files have all of it)"
# The mark in front lets spreadsheets read Arabic as UTF-8.
BOM = "\ufeff"
MEDIA = {
    "csv": "text/csv; charset=utf-8; header=present",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "jsonl": "application/x-ndjson",
    "atom": "application/atom+xml; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class Table:
    """Columns that keep their names in every language, rows, and what the file says of itself."""

    stamp: FileStamp
    columns: Sequence[str]
    rows: Iterable[Sequence[Cell]]


class Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def csv_pieces(table: Table, *, lead: str = BOM) -> Iterator[str]:
    """A header line and a line for each row; moments in ISO 8601 with the offset of the zone active now.

    `lead` stands in front of everything: programs want nothing there.
    """
    writer = csv.writer(Echo())
    yield lead + writer.writerow(table.columns)
    lines: list[str] = []
    for row in table.rows:
        lines.append(writer.writerow(list(map(safe_text, row))))
        if len(lines) == PIECE:
            yield "".join(lines)
            lines = []
    yield "".join(lines)


def json_pieces(table: Table) -> Iterator[bytes]:
    """One object: what the file says of itself, and its rows as objects with typed values."""
    head = orjson.dumps(table.stamp.facts())[:-1]
    yield head + b',"rows":['
    before, lines = b"\n", []
    for row in table.rows:
        lines.append(before + orjson.dumps(dict(zip(table.columns, map(json_of, row), strict=True))))
        before = b",\n"
        if len(lines) == PIECE:
            yield b"".join(lines)
            lines = []
    yield b"".join(lines) + b"\n]}\n"


def xlsx_file(table: Table) -> IO[bytes]:
    """A workbook in a temporary file that goes when it is closed: the rows, and a sheet about the file."""
    file = TemporaryFile()  # noqa: SIM115  whoever sends it closes it
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "in_memory": False}
    with xlsxwriter.Workbook(file, options) as book:
        facts = table.stamp.facts()
        book.set_properties(
            {"title": table.stamp.name, "author": SITE, "keywords": facts["marking"], "created": table.stamp.made_at}
        )
        for name, value in facts.items():
            book.set_custom_property(name, value)
        bold = book.add_format({"bold": True})
        _write_rows(book, table, bold)
        _write_facts(book.add_worksheet(ABOUT), facts, bold)
    file.seek(0)
    return file


def _write_rows(book: Any, table: Table, bold: Any) -> None:
    """The rows, on as many sheets as they need."""
    sheet, place, sheets = None, ROWS_MOST, 0
    for row in table.rows:
        if place == ROWS_MOST:
            sheets += 1
            sheet, place = _new_sheet(book, table, f"rows {sheets}" if sheets > 1 else "rows", bold), 1
        assert sheet is not None  # noqa: S101  for the type checker: the first row makes one
        for column, cell in enumerate(row):
            _write_cell(sheet, place, column, cell)
        place += 1
    if sheet is None:
        _new_sheet(book, table, "rows", bold)


def _new_sheet(book: Any, table: Table, name: str, bold: Any) -> Worksheet:
    sheet: Worksheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    # The marking stands on every printed page, at the right as the protocol asks.
    sheet.set_header(f"&R{table.stamp.marking.english}")
    sheet.set_footer(f"&R{table.stamp.marking.english}")
    for column, title in enumerate(table.columns):
        sheet.write_string(0, column, title, bold)
    return sheet


def _write_facts(sheet: Worksheet, facts: dict[str, str], bold: Any) -> None:
    for place, (name, value) in enumerate(facts.items()):
        sheet.write_string(place, 0, name, bold)
        sheet.write_string(place, 1, value)


def _write_cell(sheet: Worksheet, row: int, column: int, cell: Cell) -> None:
    """Numbers as numbers; everything else as text that no spreadsheet runs, moments with their offset."""
    if isinstance(cell, int | float | Decimal) and not isinstance(cell, bool):
        sheet.write_number(row, column, cell)
        return
    text = safe_text(cell)
    if text:
        sheet.write_string(row, column, text if len(text) <= TEXT_MOST else text[: TEXT_MOST - len(CUT)] + CUT)


def safe_text(cell: Cell) -> str:
    """A cell as text that no spreadsheet runs; a number is none, however it is written."""
    text = text_of(cell)
    return text if isinstance(cell, int | float | Decimal) else cell_text(text)


def text_of(cell: Cell) -> str:
    """A cell as text, the same in every table."""
    match cell:
        case None:
            return ""
        case bool():
            return "yes" if cell else "no"
        case datetime():
            return localtime(cell).isoformat(timespec="seconds")
        case date():
            return cell.isoformat()
        case Decimal():
            return format(cell.normalize() + 0, "f")
        case int() | float():
            return str(cell)
        case Words():
            return cell.here
        case str():
            return cell
        case _:
            return " ".join(cell)


def json_of(cell: Cell) -> Any:
    """A cell as a JSON value: numbers and truths as such, several texts as a list."""
    match cell:
        case None | bool() | int() | float() | str():
            return cell
        case Decimal():
            return int(cell) if cell == cell.to_integral_value() else float(cell)
        case datetime() | date() | Words():
            return text_of(cell)
        case _:
            return list(cell)
