"""What stands around every chart: the question it answers, the drawing, its source, the same as a table and as CSV."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString

from negotiations.pages.csv import Cell, as_csv
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

    def csv(self, request: HttpRequest) -> str:
        asked = request.GET.copy()
        asked["chart"], asked["format"] = self.name, "csv"
        return f"?{asked.urlencode()}"


def asked_chart(request: HttpRequest, charts: Sequence[Framed | None], *, name: str) -> HttpResponse | None:
    """The file behind a chart's CSV link, None where the address asks for the page itself."""
    if request.GET.get("format") != "csv":
        return None
    for chart in charts:
        if chart is not None and chart.name == request.GET.get("chart"):
            return as_csv(f"{name}-{chart.name}", chart.twin.columns, chart.twin.rows)
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
