"""What every mapping says: the columns of a kind of table, and the verbs that write what its rows tell."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_noop as _

from negotiations.models import MarkedItem, Source
from negotiations.rules.codes import Credibility, ImportKind, Marking, Reliability, SourceKind

from ..cells import Column, address, code, language, line, moment, text, whole
from ..desk import Desk, one
from ..table import Row, Table

# Field, what is wrong, what to do: sentences for people, translated where they are told.
Contradiction = tuple[str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableMapping:
    """How the rows of one kind of table become items of one kind.

    `key` names the fields by which a row without a ref is the same as an item that is there. `fixed`
    fields are never changed by a table. `is_cited` says that a row has to rest on a source.
    `translate` makes rows of these columns from those of a table by somebody else; `called` then
    gives that table's word for a column, and `origin` says
    where it comes from. Of the headers of files that were taken away
    here, `meant` names our columns for those that say the same in another form, and `unwritten` are those
    that no table changes. `follows` lets a row of that table change the item it made.
    """

    kind: ImportKind
    model: type[MarkedItem]
    columns: tuple[Column, ...]
    made_by: str
    changed_by: str
    make: Callable[..., Any]
    edit: Callable[..., Any]
    key: tuple[str, ...]
    fixed: frozenset[str] = frozenset()
    dated_by: str = ""
    is_cited: bool = True
    contradictions: Callable[[Mapping[str, Any]], Iterator[Contradiction]] = lambda _values: iter(())
    translate: Callable[[Table, Desk], Table] | None = None
    called: Mapping[str, str] | None = None
    theirs: tuple[str, ...] = ()
    origin: str = ""
    meant: Mapping[str, str] = field(default_factory=dict)
    unwritten: frozenset[str] = frozenset()
    follows: bool = False

    def column(self, header: str) -> Column | None:
        """The column that a header names, by its own name or a synonym."""
        return next((found for found in self.columns if header in (found.name, *found.synonyms)), None)

    def header_of(self, name: str) -> str:
        """The word of the file for one of our columns."""
        return (self.called or {}).get(name, name)


# Of every table: which item a row changes, who may see it, when it was so, and what it rests on.
ITEM = (
    Column(name="ref", read=line(16), is_fact=False, synonyms=("id", "number"), example=""),
    Column(name="version", read=whole(1, 10**9), is_fact=False, example=""),
    Column(name="marking", read=code(Marking), is_fact=False, synonyms=("tlp", "sharing"), example="AMBER"),
)
ACT = (
    Column(
        name="known_at",
        read=moment(is_past=True),
        is_fact=False,
        synonyms=("recorded_at", "learnt_at"),
        example="2025-11-05",
    ),
    Column(name="reason", read=text(4000), is_fact=False, synonyms=("why",), example="Weekly count."),
)
TRUE_AS_OF = Column(
    name="effective_at",
    read=moment(is_past=True),
    is_fact=False,
    synonyms=("true_as_of", "as_of"),
    example="2025-11-04",
)
CITED = (
    Column(name="source", read=one(Source), is_fact=False, synonyms=("source_ref",), example=""),
    Column(name="source_publisher", read=line(200), is_fact=False, example="River Post"),
    Column(name="source_title", read=line(400), is_fact=False, example="Monitors count the posts"),
    Column(name="source_url", read=address(600), is_fact=False, example="https://example.org/posts"),
    Column(name="source_kind", read=code(SourceKind), is_fact=False, example="news_report"),
    Column(name="source_published_at", read=moment(is_past=True), is_fact=False, example="2025-11-05"),
    Column(name="source_reliability", read=code(Reliability), is_fact=False, example="B"),
    Column(name="source_attribution", read=line(200), is_fact=False, example=""),
    Column(name="credibility", read=code(Credibility), is_fact=False, example="2"),
    Column(name="quote", read=text(8000), is_fact=False, example=""),
    Column(name="quote_language", read=language, is_fact=False, example=""),
    Column(name="locator", read=line(120), is_fact=False, synonyms=("page",), example=""),
    Column(name="no_source_reason", read=text(2000), is_fact=False, synonyms=("no_source",), example=""),
)


def in_order(values: Mapping[str, Any], low: str, best: str, high: str) -> Iterator[Contradiction]:
    """The best of three numbers lies between the other two."""
    least, likely, most = values.get(low), values.get(best), values.get(high)
    advice = _("Put the three numbers in order.")
    if least is not None and likely is not None and least > likely:
        yield low, _("The lowest number is above the best one."), advice
    if most is not None and likely is not None and most < likely:
        yield high, _("The highest number is below the best one."), advice
    if likely is None and least is not None and most is not None and least > most:
        yield low, _("The lowest number is above the highest one."), advice


def translated(table: Table, make: Callable[[Row], tuple[Mapping[str, str], str]]) -> Table:
    """The rows of somebody else's table as rows of ours, each under its own number, with a remark where one is due."""
    rows = [Row(row.line, *make(row)) for row in table.rows]
    headers = tuple(dict.fromkeys(name for row in rows for name in row.cells))
    return Table(headers, rows, table.problems)
