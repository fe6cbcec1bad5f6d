"""Lists as CSV: what the page shows with its filters, every line of it, in columns that keep their names."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import StringIO

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localtime

from negotiations.rules.cells import cell_text
from negotiations.selectors.words import Words

Cell = str | int | float | Decimal | bool | date | datetime | Words | Sequence[str] | None


def wants_csv(request: HttpRequest) -> bool:
    return request.GET.get("format") == "csv"


def csv_address(request: HttpRequest) -> str:
    """The address of the list as it is narrowed now, as CSV and whole."""
    asked = request.GET.copy()
    asked.pop("page", None)
    asked["format"] = "csv"
    return f"?{asked.urlencode()}"


def as_csv(name: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> HttpResponse:
    """A file with a header line; moments in ISO 8601 with the offset of the zone active now.

    Column names are the same in every language, so that a sheet built on them keeps working.
    """
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([_plain(cell) for cell in row] for row in rows)
    # The mark in front lets spreadsheets read Arabic as UTF-8.
    response = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _plain(cell: Cell) -> str:
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
            return cell_text(cell.here)
        case str():
            return cell_text(cell)
        case _:
            return cell_text(" ".join(cell))
