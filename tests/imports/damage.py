"""A hundred ways in which a file can be damaged, each with a part of what has to be said about it."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from openpyxl import Workbook

from .bringing import CLAIM, CONDITION, INCIDENT, POSITION, SOURCE, as_csv, as_xlsx

XLSX = "file.xlsx"


@dataclass(frozen=True)
class Damage:
    """A file of a kind, and words that its report has to hold; `line` and `column` where one is to blame."""

    what: str
    kind: str
    data: bytes
    says: str
    name: str = "file.csv"
    line: int = 2
    column: str = ""


def cell(kind: str, row: Mapping[str, str], column: str, value: str, says: str, what: str = "") -> Damage:
    """A good row with one cell that is not."""
    return Damage(
        what or f"{kind}: {column} is {value[:30]!r}", kind, as_csv({**row, column: value}), says, column=column
    )


def without(kind: str, row: Mapping[str, str], column: str) -> Damage:
    data = as_csv({**row, column: ""})
    return Damage(f"{kind}: {column} is empty", kind, data, "This cell is empty.", column=column)


def no_column(kind: str, row: Mapping[str, str], column: str) -> Damage:
    data = as_csv({name: value for name, value in row.items() if name != column})
    return Damage(f"{kind}: no column {column}", kind, data, "This column is missing.", line=1, column=column)


def every() -> Iterator[Damage]:
    yield from whole_files()
    yield from workbooks()
    yield from headers()
    yield from claims()
    yield from conditions()
    yield from positions()
    yield from incidents()
    yield from sources()
    yield from theirs()


def whole_files() -> Iterator[Damage]:
    good = as_csv(CLAIM)
    text = good.decode()
    file: Callable[..., Damage] = lambda what, data, says, **facts: Damage(what, "claims", data, says, **facts)  # noqa: E731
    yield file("an empty file", b"", "This file is empty.", line=0)
    yield file("nothing but space", b" \n \n", "This file is empty.", line=0)
    yield file("UTF-16", text.encode("utf-16"), "not in UTF-8 but in UTF-16", line=0)
    yield file("UTF-32", text.encode("utf-32"), "not in UTF-8 but in UTF-16", line=0)
    yield file("Windows Arabic", text.replace("Four", "أربعة").encode("cp1256"), "This line is not in UTF-8.")
    yield file("Latin 1", text.replace("Four", "Vië").encode("latin-1"), "This line is not in UTF-8.")
    yield file("a cut character", good + "é".encode()[:1], "This line is not in UTF-8.", line=3)
    yield file("a NUL byte", text.replace("Four", "Fo\0ur").encode(), "This line holds a NUL byte.")
    yield file("headers alone", good.splitlines()[0] + b"\n", "There is no row under the headers.", line=0)
    yield file("a first line that is empty", b"\n" + good, "The first line is empty.", line=1)
    yield file("an unclosed quote", good + b'"Northern Shore,C1', "A quotation mark opened here", line=3)
    yield file("a quote inside a quote", good + b'"North"ern Shore",C1\n', "A quotation mark opened here", line=3)
    yield file("too few cells", good + b"Northern Shore,C1\n", "This line has 2 cells under 9 headers.", line=3)
    yield file("too many cells", good.rstrip() + b",more\n", "This line has 10 cells under 9 headers.")
    yield file("another ending", good, "This is no table that can be read.", name="file.pdf", line=0)
    yield file("no ending", good, "This is no table that can be read.", name="file", line=0)
    yield file("CSV called a workbook", good, "The file is not what its ending (.xlsx) says.", name=XLSX, line=0)
    yield file("a workbook called CSV", as_xlsx(["a"], ["b"]), "The file is not what its ending (.csv) says.", line=0)
    yield file("too large", b"a" * (5 * 1024 * 1024 + 1), "This file is larger than 5 MB.", line=0)
    many = as_csv(*({**INCIDENT, "title": f"Shots {count}"} for count in range(2001)))
    yield Damage("too many rows", "incidents", many, "There are more than 2000 rows.", line=2002)
    yield file("too many columns", as_csv({f"c{count}": "x" for count in range(101)}), "more than 100 columns", line=1)


def workbooks() -> Iterator[Damage]:
    def book(what: str, data: bytes, says: str, **facts: Any) -> Damage:
        return Damage(what, "claims", data, says, name=XLSX, **facts)

    rows = [list(CLAIM), list(CLAIM.values())]
    yield book("a broken archive", b"PK\x03\x04" + b"\0" * 200, "This is no workbook that can be read.", line=0)
    yield book("an archive of something else", packed({"a.txt": b"hello"}), "This is no workbook", line=0)
    yield book("a bomb", packed({"xl/worksheets/sheet1.xml": b"0" * 80_000_000}), "unpacks to far more", line=0)
    yield book("too many members", packed({f"{one}.xml": b"" for one in range(300)}), "unpacks to far more", line=0)
    yield book("macros", with_member(as_xlsx(*rows), "xl/vbaProject.bin", b"x"), "This workbook holds macros.", line=0)
    yield book("merged cells", merged(rows), "This workbook holds merged cells.", line=0)
    yield book("several sheets", two_sheets(rows), "This workbook holds several filled sheets.", line=0)
    yield book("an empty workbook", as_xlsx(), "This file is empty.", line=0)
    entity = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><workbook>&a;</workbook>'
    yield book("an entity", with_member(as_xlsx(*rows), "xl/workbook.xml", entity), "This is no workbook", line=0)
    formula = [rows[0], ["=A1" if name == "text" else value for name, value in CLAIM.items()]]
    yield book("a formula", as_xlsx(*formula), "This cell is a formula.", column="text")
    only = [["=1+1", "=2+2"], ["=3", "=4"]]
    yield book("nothing but formulas", as_xlsx(*only), "has no header", line=1)
    wrong = [rows[0], ["#REF!" if name == "unit" else value for name, value in CLAIM.items()]]
    yield book("an error", as_xlsx(*wrong), "This cell holds an error (#REF!).", column="unit")
    yield book(
        "a yes in a number", as_xlsx(rows[0], replaced("value_best", True)), "is not a number", column="value_best"
    )
    yield book("a line too long", as_xlsx(rows[0], [*rows[1], "more"]), "This line has 10 cells under 9 headers.")


def replaced(column: str, value: Any) -> list[Any]:
    return [value if name == column else given for name, given in CLAIM.items()]


def packed(members: Mapping[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def with_member(data: bytes, name: str, content: bytes) -> bytes:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        members = {one: archive.read(one) for one in archive.namelist()}
    return packed({**members, name: content})


def merged(rows: list[list[str]]) -> bytes:
    book, out = Workbook(), BytesIO()
    for row in rows:
        book.active.append(row)
    book.active.merge_cells("A2:B2")
    book.save(out)
    return out.getvalue()


def two_sheets(rows: list[list[str]]) -> bytes:
    book, out = Workbook(), BytesIO()
    for sheet in (book.active, book.create_sheet()):
        for row in rows:
            sheet.append(row)
    book.save(out)
    return out.getvalue()


def headers() -> Iterator[Damage]:
    good = as_csv(CLAIM)
    twice = good.replace(b"conditions", b"claimant", 1)
    yield Damage("a header twice", "claims", twice, "stands there twice", line=1, column="claimant")
    same = good.replace(b"conditions", b"Actor", 1)
    yield Damage("two words for one column", "claims", same, "means the same as the column", line=1, column="actor")
    unknown = good.replace(b"unit", b"flavour", 1)
    yield Damage("an unknown column", "claims", unknown, "No column is called so.", line=1, column="flavour")
    yield Damage("no header", "claims", good.replace(b"unit", b"", 1), "has no header", line=1)
    yield Damage(
        "no headers at all", "claims", good.splitlines()[1] + b"\n" + good.splitlines()[1], "is called so", line=1
    )
    for kind, row, column in (
        ("claims", CLAIM, "claimant"), ("claims", CLAIM, "kind"), ("claims", CLAIM, "text"),
        ("claims", CLAIM, "said_at"),
        ("conditions", CONDITION, "phase"), ("conditions", CONDITION, "category"), ("positions", POSITION, "stance"),
        ("incidents", INCIDENT, "happened_at"), ("sources", SOURCE, "publisher"),
    ):  # fmt: skip
        yield no_column(kind, row, column)


def claims() -> Iterator[Damage]:
    for column in ("claimant", "kind", "text", "said_at"):
        yield without("claims", CLAIM, column)
    unknown, number = "is not known here.", "is not a number."
    yield cell("claims", CLAIM, "claimant", "Nothern Shore", "Did you mean: Northern Shore")
    yield cell("claims", CLAIM, "conditions", "C9", unknown)
    yield cell("claims", CLAIM, "conditions", "C1;C77", "“C77” is not known here.")
    yield cell("claims", CLAIM, "kind", "fullfilled", "Did you mean: fulfilled")
    yield cell("claims", CLAIM, "value_best", "four", number)
    yield cell("claims", CLAIM, "value_best", "4x", number)
    yield cell("claims", CLAIM, "value_best", "1,000", number)
    yield cell("claims", CLAIM, "value_best", "NaN", number)
    yield cell("claims", CLAIM, "value_best", "1e400", number)
    yield cell("claims", CLAIM, "value_best", "٤", number)
    yield cell("claims", CLAIM, "value_best", "-4", "lies outside what can be.")
    yield cell("claims", CLAIM, "value_best", "999999999999999", "lies outside what can be.")
    yield cell("claims", CLAIM, "value_best", "4.00001", "has more than four decimals.")
    yield cell("claims", CLAIM, "value_best", "", "A measurement has a number.")
    yield cell("claims", CLAIM, "value_low", "9", "The lowest number is above the best one.")
    yield cell("claims", CLAIM, "value_high", "1", "The highest number is below the best one.")
    for value in ("2025-02-30", "31.12.2025", "yesterday", "2025-13-01", "2025-11-04T25:00", "45965"):
        yield cell("claims", CLAIM, "said_at", value, "is not a date.")
    yield cell("claims", CLAIM, "said_at", "2999-01-01", "This moment lies in the future.")
    yield cell("claims", CLAIM, "said_at", "1066-10-14", "lies outside what can be.")
    yield cell("claims", CLAIM, "known_at", "2025-01-01", "This was known before it was so.")
    yield cell("claims", CLAIM, "text_language", "Arabic", "is no code of a language.")
    yield cell("claims", CLAIM, "unit", "x" * 61, "This is longer than 60 characters.")
    yield cell("claims", CLAIM, "text", "x" * 20_001, "This cell is longer than 20000 characters.", "a huge cell")
    yield cell("claims", CLAIM, "text", "Four\u200bposts", "a sign that nobody sees (U+200B)")
    yield cell("claims", CLAIM, "text", "Four\u202eposts", "a sign that nobody sees (U+202E)")
    yield cell("claims", CLAIM, "text", "Four\x07posts", "a sign that nobody sees (U+0007)")
    yield cell("claims", CLAIM, "text", '=HYPERLINK("x")', "This cell is a formula.")
    yield cell("claims", CLAIM, "source", "S99", unknown)
    yield cell("claims", CLAIM, "source", "", "This rests on no source that all its readers may see.")
    both = as_csv({**CLAIM, "source_publisher": "River Post"})
    yield Damage("a source named and described", "claims", both, "A source is named and described.", column="source")
    yield cell("claims", CLAIM, "credibility", "7", unknown)
    yield cell("claims", CLAIM, "marking", "SECRET", unknown)
    yield cell("claims", CLAIM, "marking", "RED", "TLP:RED names its readers, which a table cannot.")
    yield cell("claims", CLAIM, "ref", "K99", unknown)
    period = {**CLAIM, "period_start": "2025-11-03", "period_end": "2025-11-01"}
    yield Damage("a period that ends first", "claims", as_csv(period), "The period ends before", column="period_end")
    yield Damage("the same row twice", "claims", as_csv(CLAIM, CLAIM), "This is the same as line 2.", line=3)
    twice = as_csv({"ref": "S1", "title": "One"}, {"ref": "s1", "title": "Two"})
    yield Damage("the same ref twice", "sources", twice, "s1 stands on line 2 already.", column="ref", line=3)


def conditions() -> Iterator[Damage]:
    yield cell("conditions", CONDITION, "phase", "7", "is not known here.")
    yield cell("conditions", CONDITION, "category", "bridges", "is not known here.")
    yield cell("conditions", CONDITION, "obligors", "River Monitors", "is not known here.")
    yield cell("conditions", CONDITION, "specificity", "4", "lies outside what can be.")
    yield cell("conditions", CONDITION, "specificity", "2.5", "is not a whole number.")
    yield cell("conditions", CONDITION, "due_at", "2025-12-01", "goes with the anchor “date”")
    yield cell("conditions", CONDITION, "due_anchor", "phase_start", "A table cannot say which phase")
    yield cell("conditions", CONDITION, "comparator", ">=", "There is no number to compare with.")
    yield cell("conditions", CONDITION, "marking", "AMBER+STRICT", "Structure is marked TLP:CLEAR to TLP:AMBER")
    yield cell("conditions", CONDITION, "title", "x" * 201, "This is longer than 200 characters.")
    changed = as_csv({"ref": "C1", "version": "9", "title": "Another"})
    yield Damage("an old version", "conditions", changed, "C1 was changed since", column="version")
    marked = as_csv({"ref": "C1", "marking": "AMBER"})
    yield Damage("another marking", "conditions", marked, "changed by a step of its own", column="marking")


def positions() -> Iterator[Damage]:
    yield cell("positions", POSITION, "actor", "West", "is not known here.")
    yield cell("positions", POSITION, "dispute", "", "A position is on one thing.")
    yield cell("positions", POSITION, "condition", "C1", "A position is on one thing.")
    yield cell("positions", POSITION, "stance", "agrees", "is not known here.")
    yield cell("positions", POSITION, "channel", "rumour", "is not known here.")
    fixed = as_csv({"ref": "P1", "stated_at": "2025-11-01"})
    yield Damage("another moment", "positions", fixed, "This is not changed by a table.", column="stated_at")


def incidents() -> Iterator[Damage]:
    yield cell("incidents", INCIDENT, "type", "storm", "is not known here.")
    yield cell("incidents", INCIDENT, "deaths_best", "-1", "lies outside what can be.")
    yield cell("incidents", INCIDENT, "deaths_best", "1.5", "is not a whole number.")
    yield cell("incidents", INCIDENT, "where_prec", "8", "lies outside what can be.")
    yield cell("incidents", INCIDENT, "date_prec", "0", "lies outside what can be.")
    yield cell("incidents", INCIDENT, "ended_at", "2025-11-03", "This ends before it begins.")
    yield cell("incidents", INCIDENT, "severity", "terrible", "is not known here.")
    deaths = as_csv({**INCIDENT, "deaths_low": "5", "deaths_high": "3"})
    yield Damage("low above high", "incidents", deaths, "lowest number is above the highest", column="deaths_low")


def sources() -> Iterator[Damage]:
    yield cell("sources", SOURCE, "url", "example.org", "is not a web address.")
    yield cell("sources", SOURCE, "url", "javascript:alert(1)", "is not a web address.")
    yield cell("sources", SOURCE, "sha256", "abc", "is no SHA-256.")
    yield cell("sources", SOURCE, "reliability", "G", "is not known here.")
    yield cell("sources", SOURCE, "published_at", "2999-01-01", "This moment lies in the future.")


def theirs() -> Iterator[Damage]:
    """Tables by others that are not what they say."""
    good = as_csv(CLAIM)
    yield Damage("no UCDP table", "ucdp_ged", good, "This column is missing.", line=1, column="relid")
    yield Damage("no OSCE table", "osce_smm", good, "This column is missing.", line=1, column="source_report_id")
