"""A table to fill in: the headers of a kind, and one row as an example."""

from __future__ import annotations

import csv
from io import StringIO

from .mappings import TableMapping


def template_file(mapping: TableMapping) -> bytes:
    """The template as CSV; the mark in front lets spreadsheets read it as UTF-8."""
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow([column.name for column in mapping.columns])
    writer.writerow([column.example for column in mapping.columns])
    return ("\ufeff" + out.getvalue()).encode()
