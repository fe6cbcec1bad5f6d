"""XLSX workbooks: one sheet of values, opened only once it is known how large it unpacks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from negotiations.rules.maker import ABOUT, MADE_BY, SITE

from .csv_table import as_typed
from .problems import FileRefused, Problem
from .table import Limits, Table, formula, table_of

# Unpacked bytes for each packed byte of a sheet of numbers stay far below this.
DENSEST = 200
MEMBERS = 200
UNPACKED = 64 * 1024 * 1024
MERGED = b"<mergeCell "


def read_xlsx(data: bytes, limits: Limits) -> Table:
    """The table in the one filled sheet of a workbook, besides what the tracker itself says of its own files.

    Raises FileRefused for anything else.
    """
    check_archive(data, limits)
    try:
        book = load_workbook(BytesIO(data), read_only=True, data_only=False, keep_links=False)
        sheets = [(sheet.title, cells_of(sheet, limits)) for sheet in book.worksheets]
        filled = [found for title, found in sheets if found and not is_about(title, found)]
    # A hostile workbook fails in as many ways as its reader has lines; all mean the same to its owner.
    except (BadZipFile, InvalidFileException, KeyError, ValueError, TypeError, AttributeError, IndexError, EOFError):
        raise broken() from None
    except Exception as refused:
        if type(refused).__module__.startswith(("defusedxml", "xml", "openpyxl", "zlib", "_elementtree")):
            raise broken() from None
        raise
    if not filled:
        raise FileRefused([Problem(0, "", _("This file is empty."), _("Choose the file that holds the table."))])
    if len(filled) > 1:
        wrong = _("This workbook holds several filled sheets.")
        raise FileRefused([Problem(0, "", wrong, _("Keep one sheet and remove the others."))])
    number, headers = filled[0][0]
    if number != 1:
        raise FileRefused([Problem(1, "", _("The first line is empty."), _("Put the headers there."))])
    return under_headers(headers, filled[0][1:], limits)


def is_about(title: str, lines: Sequence[tuple[int, list[Any]]]) -> bool:
    """Whether a sheet is the one on which the tracker tells of a workbook that it made."""
    number, cells = lines[0]
    return title == ABOUT and number == 1 and [cell.value for cell in cells] == [MADE_BY, SITE]


def broken() -> FileRefused:
    wrong = _("This is no workbook that can be read.")
    return FileRefused([Problem(0, "", wrong, _("Save it as .xlsx again, or as “CSV UTF-8”."))])


def check_archive(data: bytes, limits: Limits) -> None:
    """Raise FileRefused for an archive that unpacks to too much, or that holds merged cells or macros."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            members = archive.infolist()
            check_size(members, max(UNPACKED, limits.size), len(data))
            if any(member.filename.lower().endswith("vbaproject.bin") for member in members):
                wrong = _("This workbook holds macros.")
                raise FileRefused([Problem(0, "", wrong, _("Save it as .xlsx without macros."))])
            for member in members:
                if member.filename.startswith("xl/worksheets/") and MERGED in archive.read(member):
                    wrong = _("This workbook holds merged cells.")
                    raise FileRefused([Problem(0, "", wrong, _("Unmerge them and fill each cell."))])
    except (BadZipFile, ValueError, NotImplementedError, RuntimeError, EOFError, OSError):
        raise broken() from None


def check_size(members: Sequence[Any], most: int, packed: int) -> None:
    total = sum(member.file_size for member in members)
    if len(members) > MEMBERS or total > most or total > max(packed, 5000) * DENSEST:
        wrong = _("This workbook unpacks to far more than its size.")
        raise FileRefused([Problem(0, "", wrong, _("Save only the table in a new workbook."))])


def cells_of(sheet: Any, limits: Limits) -> list[tuple[int, list[Any]]]:
    """The lines of a sheet that hold anything, with their numbers; empty for a sheet of charts or of nothing."""
    if not hasattr(sheet, "reset_dimensions"):
        return []
    # What a workbook says of its own size is not to be believed.
    sheet.reset_dimensions()
    found = []
    for number, cells in enumerate(sheet.iter_rows(max_row=limits.rows + 2, max_col=limits.columns + 1), start=1):
        filled = list(cells)
        while filled and filled[-1].value in (None, ""):
            filled.pop()
        if filled:
            found.append((number, filled))
    return found


def under_headers(headers: Sequence[Any], lines: Sequence[tuple[int, list[Any]]], limits: Limits) -> Table:
    """The cells as text under their headers; what a cell says it is comes before how it is written."""
    faults: list[Problem] = []
    names = [text_of(cell) for cell in headers]

    def texts() -> Iterator[tuple[int, list[str]]]:
        for number, cells in lines:
            faults.extend(fault for place, cell in enumerate(cells) if (fault := fault_of(number, names, place, cell)))
            padded = [text_of(cell) for cell in cells]
            yield number, [*padded, *[""] * (len(names) - len(padded))]

    table = table_of(names, texts(), limits)
    table.problems[:0] = faults
    return table


def fault_of(number: int, names: Sequence[str], place: int, cell: Any) -> Problem | None:
    column = names[place] if place < len(names) else ""
    if cell.data_type == "f":
        return Problem(number, column, *formula())
    if cell.data_type == "e":
        wrong = _("This cell holds an error (%(value)s).") % {"value": cell.value}
        return Problem(number, column, wrong, _("Put in its value instead."))
    return None


def text_of(cell: Any) -> str:
    """The cell as a person would have typed it; "" for one that is told of as faulty."""
    if cell.data_type in ("f", "e"):
        return ""
    match cell.value:
        case None:
            return ""
        case bool():
            return "yes" if cell.value else "no"
        case float() if cell.value.is_integer() and abs(cell.value) < 10**15:
            return str(int(cell.value))
        case datetime() if cell.value.time() == time.min:
            return cell.value.date().isoformat()
        case datetime():
            return cell.value.isoformat(timespec="seconds")
        case date() | time():
            return cell.value.isoformat()
        case value:
            return as_typed(str(value))
