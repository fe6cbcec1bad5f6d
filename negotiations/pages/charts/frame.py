"""What stands around every chart: the question it answers, the drawing, its source, the same as a table and as CSV."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.safestring import SafeString

from negotiations.exports.table import Cell
from negotiations.pages.files import as_file, file_addresses
from negotiations.pages.frame import Visit
from negotiations.pages.reading import wants_file
from negotiations.selectors.words import Words
from negotiations.templatetags.moments import as_date


@dataclass(frozen=True, slots=True)
class Twin:
    """The numbers of a chart as a table: column heads, and rows whose first cell names the row.

    `columns` are the names of the same columns in CSV, equal in every language.
    """

    heads: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def lines(self) -> list[tuple[str, ...]]:
        """The rows as the page writes them."""
        return [tuple(_shown(cell) for cell in row) for row in self.rows]


@dataclass(frozen=True, slots=True)
class Framed:
    """A chart as `partials/chart_frame.html` shows it.

    `name` is the id of the chart on its page and what `?chart=` asks for; `narrow` is the drawing
    for phones, where the wide one would be scaled below what can be read.
    """

    name: str
    title: str
    wide: SafeString
    twin: Twin
    narrow: str = ""
    source: str = ""

    def files(self, request: HttpRequest) -> list[tuple[str, str]]:
        return file_addresses(request, chart=self.name)


def asked_chart(opened: Visit, charts: Sequence[Framed | None], *, name: str = "") -> HttpResponseBase | None:
    """The file behind a chart's links, None where the address asks for the page itself."""
    if not wants_file(opened.request):
        return None
    for chart in charts:
        if chart is not None and chart.name == opened.request.GET.get("chart"):
            called = f"{name}-{chart.name}" if name else chart.name
            return as_file(opened, called, chart.twin.columns, chart.twin.rows)
    return None


def _shown(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case Words():
            return cell.here
        case datetime() | date():
            return as_date(cell)
        case _:
            return str(cell)
