"""Words as people see them: without the characters that only a program notices, and empty if nothing shows."""

from __future__ import annotations

import unicodedata

LINE_ENDS = ("\r\n", "\r", "\u2028", "\u2029", "\x85")
# Characters of whole classes go, these stay: joiners and marks of direction that Arabic and Persian are
# written with, and isolates, which end with their paragraph. Overrides make words read as others.
KEPT = frozenset("\n\t\u200c\u200d\u200e\u200f\u061c\u2066\u2067\u2068\u2069")
HIDDEN_CLASSES = frozenset({"Cc", "Cf", "Cs", "Co"})
# Letters by their class that show nothing.
BLANKS = frozenset("\u115f\u1160\u2800\u3164\uffa0\u034f")


def legible(text: str) -> str:
    """The text without control characters, overrides of direction and other unseen signs; "" if nothing would show."""
    if text.isascii() and text.isprintable():
        return text
    for end in LINE_ENDS:
        text = text.replace(end, "\n")
    kept = "".join(char for char in text if char in KEPT or unicodedata.category(char) not in HIDDEN_CLASSES)
    return kept if any(map(shows, kept)) else ""


def shows(char: str) -> bool:
    """Whether a reader sees anything of it."""
    return not (char.isspace() or char in BLANKS or char in KEPT or unicodedata.category(char) == "Mn")
