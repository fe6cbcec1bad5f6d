"""Two wordings compared word by word: what stayed, what was taken out and what was put in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from diff_match_patch import diff_match_patch

# A word with what stands before the next one; a newline is a word of its own so that paragraphs stay.
_WORDS = re.compile(r"\n|[^\S\n]+|[^\W_]+(?:['’][^\W_]+)*|[^\w\s]|_")
_KINDS = {-1: "removed", 0: "same", 1: "added"}
# Private letters stand for words while the comparison runs; beyond them a text is too long to compare.
_FIRST, _ROOM = 0x10000, 0xF0000


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that is "same", "removed" or "added"."""

    kind: str
    text: str


def word_changes(before: str, after: str) -> list[Piece]:
    """Return the pieces in reading order; joining all but the added ones gives `before` back.

    Texts with more different words than there are letters to stand for them come back whole.
    """
    letters: dict[str, str] = {}
    old, new = _as_letters(before, letters), _as_letters(after, letters)
    if old is None or new is None:
        return [Piece("removed", before), Piece("added", after)]
    words = {letter: word for word, letter in letters.items()}
    engine = diff_match_patch()
    # No deadline: the same two texts must give the same pieces on a slow machine.
    engine.Diff_Timeout = 0
    found = engine.diff_main(old, new, False)  # noqa: FBT003  the library's own order
    engine.diff_cleanupSemantic(found)
    return list(_joined((_KINDS[kind], "".join(words[letter] for letter in run)) for kind, run in found))


def _as_letters(text: str, letters: dict[str, str]) -> str | None:
    run = []
    for word in _split(text):
        if word not in letters:
            if len(letters) >= _ROOM:
                return None
            letters[word] = chr(_FIRST + len(letters))
        run.append(letters[word])
    return "".join(run)


def _split(text: str) -> Iterator[str]:
    """The words of a text; nothing of it is lost, whatever characters it holds."""
    end = 0
    for found in _WORDS.finditer(text):
        if found.start() > end:
            yield text[end : found.start()]
        yield found.group()
        end = found.end()
    if end < len(text):
        yield text[end:]


def _joined(pieces: Iterator[tuple[str, str]]) -> Iterator[Piece]:
    last: Piece | None = None
    for kind, text in pieces:
        if last and last.kind == kind:
            last = Piece(kind, last.text + text)
            continue
        if last and last.text:
            yield last
        last = Piece(kind, text)
    if last and last.text:
        yield last
