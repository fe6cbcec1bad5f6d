"""An agreement's text split into its clauses: by numbers in either script, articles, letters and bullets."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

# What may stand at the head of a line and begin a clause. Arabic-Indic and Persian digits are \d too.
_HEADS = (
    r"(?:article|section|annex|chapter|paragraph|clause|point|step|phase)\s+(?:\d{1,3}|[ivxlc]{1,6})\b[.:)–-]?",
    r"(?:المادة|مادة|البند|بند|الفقرة|فقرة|الملحق|الفصل|المرحلة)\s+(?:\d{1,3}|[ء-ي]{3,10})\s*[.:)–-]?",
    r"\d{1,3}(?:\.\d{1,3}){1,3}\.?(?=\s)",
    r"\d{1,3}[.)\-–](?=\s)",
    r"\((?:\d{1,3}|[a-z]|[ivx]{1,5}|[ا-ي])\)",
    r"[a-zا-ي][.)](?=\s)",
    r"[ivx]{1,5}[.)](?=\s)",
    r"[•◦▪‣*·–—-](?=\s)",
)
_HEAD = re.compile(rf"[ \t]*(?P<mark>{'|'.join(_HEADS)})", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3})*")
_BLANK = re.compile(r"\s*\n\s*\n")


@dataclass(frozen=True, slots=True)
class Piece:
    """One passage as it stands in the text, whitespace and all; `mark` is what it begins with."""

    text: str
    mark: str = ""

    @property
    def words(self) -> str:
        """The passage without its mark and the space around it."""
        return self.text.strip().removeprefix(self.mark).strip()


@dataclass(frozen=True, slots=True)
class NumberedPiece:
    """A passage with the number that a reader cites it by, unique in its text."""

    number: str
    words: str


def split(text: str) -> list[Piece]:
    """Return the passages of a text in order; joined, they give the text back to the last character.

    A passage begins at a line that starts with a number, a letter, an article or a bullet; a text
    without any is split at its blank lines.
    """
    starts = [(at, mark) for at, mark in _marked_lines(text)]
    if not starts:
        return _paragraphs(text)
    pieces = [Piece(text[: starts[0][0]])] if starts[0][0] else []
    ends = [at for at, _mark in starts[1:]] + [len(text)]
    return pieces + [Piece(text[at:end], mark) for (at, mark), end in zip(starts, ends, strict=True)]


def numbered(pieces: Iterable[Piece]) -> list[NumberedPiece]:
    """Return the passages that have words, each with a number of its own.

    Its own number where the text gives one, in Western digits; else the last number and a letter's
    or bullet's place under it, so that (a) under 4 is 4(a) and the second bullet under 4 is 4-2.
    """
    found: list[NumberedPiece] = []
    taken: set[str] = set()
    under, count = "", 0
    for piece in pieces:
        if not piece.words:
            continue
        own = _own_number(piece.mark)
        if own:
            under, count, number = own, 0, own
        else:
            count += 1
            number = _under(under, piece.mark, count)
        number = _free(number, taken)
        taken.add(number)
        found.append(NumberedPiece(number, piece.words))
    return found


def _marked_lines(text: str) -> list[tuple[int, str]]:
    starts, at = [], 0
    for line in text.splitlines(keepends=True):
        found = _HEAD.match(line)
        if found and line.strip():
            starts.append((at, found["mark"]))
        at += len(line)
    return starts


def _paragraphs(text: str) -> list[Piece]:
    cuts = [0, *(found.end() for found in _BLANK.finditer(text)), len(text)]
    return [Piece(text[start:end]) for start, end in pairwise(cuts) if start < end]


def _own_number(mark: str) -> str:
    """The number in a mark, in Western digits; empty for letters, bullets and nothing."""
    if mark.startswith("("):
        return ""
    found = _NUMBER.search(mark)
    return "".join(str(int(one)) if one.isdigit() else one for one in found[0]) if found else ""


def _under(parent: str, mark: str, count: int) -> str:
    letter = re.sub(r"[^\w]", "", mark)
    if letter and len(letter) <= 5:
        return f"{parent}({letter})" if parent else letter
    return f"{parent}-{count}" if parent else f"§{count}"


def _free(number: str, taken: set[str]) -> str:
    """The number, or with a count behind it where an annex numbers anew; never longer than its column."""
    number = number[:18]
    if number not in taken:
        return number
    again = 2
    while f"{number} ({again})" in taken:
        again += 1
    return f"{number} ({again})"
