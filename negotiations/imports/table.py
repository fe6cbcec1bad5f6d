"""A table read from a file: its headers, and its rows under the numbers the file itself gives them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from unicodedata import category

from django.utils.translation import gettext as _

from negotiations.rules.legible import HIDDEN_CLASSES, KEPT, LINE_ENDS

from .problems import MOST, FileRefused, Problem


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a table may hold: bytes, rows, columns, characters of a cell."""

    size: int = 5 * 1024 * 1024
    rows: int = 2000
    columns: int = 100
    cell: int = 20_000


# What a person brings through a page or the interface, and what an operator brings by command.
FOR_PEOPLE = Limits()
FOR_RECORDS = Limits(size=20 * 1024 * 1024, rows=20_000)
FOR_OPERATORS = Limits(size=600 * 1024 * 1024, rows=500_000)


@dataclass(frozen=True, slots=True)
class Row:
    """One line: its number in the file, and the text of each cell by its header.

    `remark` is what was left out of somebody else's line, and why.
    """

    line: int
    cells: Mapping[str, str]
    remark: str = ""

    @property
    def is_empty(self) -> bool:
        return not any(self.cells.values())


@dataclass(slots=True)
class Table:
    """Headers, rows, and what is wrong with single cells that the reading went on after."""

    headers: tuple[str, ...]
    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def plain_header(text: str) -> str:
    """A header as columns are found by: `Happened at` and `happened_at` are the same."""
    return "_".join(text.replace("\ufeff", " ").replace("_", " ").replace("-", " ").split()).lower()


def table_of(headers: Sequence[str], lines: Iterable[tuple[int, Sequence[str]]], limits: Limits) -> Table:
    """Put lines under their headers. Raises FileRefused where no row could be told from another."""
    names = tuple(plain_header(header) for header in headers)
    check_headers(headers, names, limits)
    table = Table(names)
    for line, cells in lines:
        if not any(cells):
            continue
        if len(table.rows) >= limits.rows:
            table.problems.append(Problem(line, "", *too_many(limits)))
            break
        table.problems += check_cells(line, names, cells, limits)
        padded = [*cells, *[""] * (len(names) - len(cells))]
        table.rows.append(Row(line, dict(zip(names, padded, strict=False))))
        if len(table.problems) >= MOST:
            break
    if not table.rows:
        raise FileRefused([Problem(0, "", _("There is no row under the headers."), _("Add at least one."))])
    return table


def too_many(limits: Limits) -> tuple[str, str]:
    wrong = _("There are more than %(count)s rows.") % {"count": limits.rows}
    return wrong, _("Divide the file and bring one part after the other.")


def check_headers(headers: Sequence[str], names: Sequence[str], limits: Limits) -> None:
    """Raise FileRefused for headers that are missing, said twice or too many."""
    problems = []
    if len(names) > limits.columns:
        wrong = _("There are more than %(count)s columns.") % {"count": limits.columns}
        raise FileRefused([Problem(1, "", wrong, _("Keep only the columns of the template."))])
    for place, name in enumerate(names, start=1):
        if not name:
            wrong = _("Column %(place)s has no header.") % {"place": place}
            problems.append(Problem(1, "", wrong, _("Name it in the first line, or remove it.")))
        elif name in names[: place - 1]:
            wrong = _("The header %(name)s stands there twice.") % {"name": headers[place - 1][:60]}
            problems.append(Problem(1, name, wrong, _("Keep one of the two columns.")))
    if problems:
        raise FileRefused(problems)


def check_cells(line: int, names: Sequence[str], cells: Sequence[str], limits: Limits) -> list[Problem]:
    """What is wrong with a line whatever its columns mean: its length, hidden signs, formulas."""
    problems = []
    if len(cells) != len(names):
        wrong = _("This line has %(count)s cells under %(expected)s headers.")
        told = wrong % {"count": len(cells), "expected": len(names)}
        problems.append(Problem(line, "", told, _("Quote cells that hold the character between cells.")))
    for name, cell in zip(names, cells, strict=False):
        if len(cell) > limits.cell:
            wrong = _("This cell is longer than %(count)s characters.") % {"count": limits.cell}
            problems.append(Problem(line, name, wrong, _("Shorten it.")))
        elif hidden := hidden_sign(cell):
            wrong = _("This cell holds a sign that nobody sees (%(sign)s).") % {"sign": hidden}
            problems.append(Problem(line, name, wrong, _("Type its text anew.")))
        elif cell.startswith(("=", "＝")):
            problems.append(Problem(line, name, *formula()))
    return problems


def formula() -> tuple[str, str]:
    return _("This cell is a formula."), _("Put in its value instead.")


def hidden_sign(text: str) -> str:
    """The first sign in a text that shows nothing and means something only to programs, by its number; or ""."""
    if text.isascii() and text.isprintable():
        return ""
    for end in LINE_ENDS:
        text = text.replace(end, "\n")
    return next((f"U+{ord(char):04X}" for char in text if is_hidden(char)), "")


def is_hidden(char: str) -> bool:
    return char not in KEPT and category(char) in HIDDEN_CLASSES
