"""CSV files: UTF-8, cells apart by comma, semicolon or tab, every fault under its line."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from io import StringIO

from django.utils.translation import gettext as _

from negotiations.rules.cells import RUNS

from .problems import FileRefused, Problem
from .table import Limits, Table, table_of

DELIMITERS = (",", ";", "\t")
OTHER_ENCODINGS = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_csv(data: bytes, limits: Limits) -> Table:
    """The table in a CSV file. Raises FileRefused for one that cannot be read to its end."""
    text = decoded(data)
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise FileRefused([Problem(line, "", _("This line holds a NUL byte."), _("Save the file as CSV again."))])
    if not text.strip():
        raise FileRefused([Problem(0, "", _("This file is empty."), _("Choose the file that holds the table."))])
    lines = cells_of(text, limits)
    number, headers = next(lines)
    if number != 1 or not any(headers):
        raise FileRefused([Problem(1, "", _("The first line is empty."), _("Put the headers there."))])
    return table_of(headers, lines, limits)


def decoded(data: bytes) -> str:
    """The text of the file. Raises FileRefused where it is not UTF-8, naming the line."""
    advice = _("Save it as “CSV UTF-8”.")
    if data.startswith(OTHER_ENCODINGS):
        raise FileRefused([Problem(0, "", _("This file is not in UTF-8 but in UTF-16 or UTF-32."), advice)])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as refused:
        line = data.count(b"\n", 0, refused.start) + 1
        raise FileRefused([Problem(line, "", _("This line is not in UTF-8."), advice)]) from None


def cells_of(text: str, limits: Limits) -> Iterator[tuple[int, list[str]]]:
    """Each line with the number it begins at. Raises FileRefused at a quote that nothing ends."""
    first = text[: text.find("\n")] if "\n" in text else text
    delimiter = max(DELIMITERS, key=first.count)
    # Longer cells than the limit are told by their column, so the reader lets them through.
    csv.field_size_limit(max(csv.field_size_limit(), limits.size))
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begins = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            wrong = _("A quotation mark opened here or below is not closed as it should be.")
            advice = _("Double the quotation marks inside a cell and close each cell that is quoted.")
            raise FileRefused([Problem(begins, "", wrong, advice)]) from None
        yield begins, [as_typed(cell) for cell in cells]
        begins = reader.line_num + 1


def as_typed(cell: str) -> str:
    """The cell without the space around it, and without the apostrophe that a formula-safe file puts in front."""
    cell = cell.strip(" \t\r\n\u00a0")
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(RUNS) else cell
