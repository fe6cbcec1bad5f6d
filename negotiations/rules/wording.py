"""Two wordings compared word by word: what stayed, what was taken out and what was put in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from diff_match_patch import diff_match_patch

# A word with what stands before the next one; a newline is a word of its own so that paragraphs stay.
WORDS = re.compile(r"\n|[^\S\n]+|[^\W_]+(?:['’][^\W_]+)*|[^\w\s]|_")
PARAGRAPHS = re.compile(r"\n|[^\n]+")
_KINDS = {-1: "removed", 0: "same", 1: "added"}
# Private letters stand for words while the comparison runs; beyond them a text is too long to compare.
_FIRST, _ROOM = 0x10000, 0xF0000
# What one comparison may cost: about a third of a second, for some 500 words that differ.
WORK = 500_000


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that is "same", "removed" or "added"."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Changes:
    """The pieces in reading order; joining all but the added ones gives the older text back."""

    pieces: tuple[Piece, ...]
    is_by_paragraph: bool = False


class Engine(diff_match_patch):  # type: ignore[misc]  # brings no types
    """The library's comparison, given up after so much work instead of so many seconds.

    The same two texts give the same pieces on a slow machine.
    """

    def __init__(self, work: int) -> None:
        super().__init__()
        # The library's own limit, and a speed-up that depends on it, look at the clock.
        self.Diff_Timeout = 0
        self.left = work

    def diff_bisect(self, text1: str, text2: str, _deadline: Any) -> Any:
        return super().diff_bisect(text1, text2, Patience(self, len(text1) + len(text2)))


class Patience:
    """Stands for the moment at which a search gives up; the library asks at each step whether the time is past it.

    A step looks at one place more than the step before, and from each may follow what is alike through
    both texts, which many do only where they repeat themselves.
    """

    def __init__(self, engine: Engine, length: int) -> None:
        self.engine = engine
        self.cost = length // 16

    def __lt__(self, _now: float) -> bool:
        self.cost += 1
        self.engine.left -= self.cost
        return self.engine.left < 0


def word_changes(before: str, after: str) -> Changes:
    """What changed, word by word; by whole paragraphs where too much did, and by the whole text beyond that."""
    by_word, is_whole = _compared(before, after, WORDS)
    if is_whole:
        return Changes(by_word)
    return Changes(_compared(before, after, PARAGRAPHS)[0], is_by_paragraph=True)


def _compared(before: str, after: str, cut: re.Pattern[str]) -> tuple[tuple[Piece, ...], bool]:
    """The pieces, and whether the comparison came to its end.

    Texts with more different words than there are letters to stand for them come back whole.
    """
    letters: dict[str, str] = {}
    old, new = _as_letters(before, letters, cut), _as_letters(after, letters, cut)
    if old is None or new is None:
        return (Piece("removed", before), Piece("added", after)), False
    words = {letter: word for word, letter in letters.items()}
    engine = Engine(WORK)
    found = engine.diff_main(old, new, False)  # noqa: FBT003  the library's own order
    engine.diff_cleanupSemantic(found)
    pieces = _joined((_KINDS[kind], "".join(words[letter] for letter in run)) for kind, run in found)
    return tuple(pieces), engine.left >= 0


def _as_letters(text: str, letters: dict[str, str], cut: re.Pattern[str]) -> str | None:
    run = []
    for word in _split(text, cut):
        if word not in letters:
            if len(letters) >= _ROOM:
                return None
            letters[word] = chr(_FIRST + len(letters))
        run.append(letters[word])
    return "".join(run)


def _split(text: str, cut: re.Pattern[str]) -> Iterator[str]:
    """The words or paragraphs of a text; nothing of it is lost, whatever characters it holds."""
    end = 0
    for found in cut.finditer(text):
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
