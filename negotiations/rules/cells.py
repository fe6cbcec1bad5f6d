"""Cells of a table that leaves the house: text that a spreadsheet would run as a formula is marked as text."""

from __future__ import annotations

import re

# What begins a formula, also in the full width that spreadsheets of East Asia read alike, and the
# control characters that some of them drop before they look.
RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?", re.ASCII)


def cell_text(text: str) -> str:
    """The text, behind an apostrophe if a spreadsheet would run it; numbers with a sign stay numbers."""
    is_run = text.startswith(RUNS) or text.lstrip().startswith(RUNS)
    return f"'{text}" if is_run and not NUMBER.fullmatch(text) else text
