"""Facets: the ways a list can be narrowed, read from its own lines, so that nothing hidden is offered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Line = TypeVar("Line")
# What a line answers to: the value in the address and the words beside it.
Answer = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Facet(Generic[Line]):
    """One way to narrow a list; `answers` gives every value a line can be found by.

    A flag has the one value "1" for the lines that bear it. `is_ordered` keeps the options in the
    order in which the lines bring them instead of by their words.
    """

    name: str
    label: str
    answers: Callable[[Line], Iterable[Answer]]
    is_flag: bool = False
    is_ordered: bool = False

    def options(self, lines: Iterable[Line]) -> list[Answer]:
        found: dict[str, str] = {}
        for line in lines:
            for value, words in self.answers(line):
                found.setdefault(value, words)
        pairs = list(found.items())
        return pairs if self.is_ordered else sorted(pairs, key=lambda pair: pair[1].casefold())

    def keeps(self, line: Line, value: str) -> bool:
        return any(value == mine for mine, _words in self.answers(line))


@dataclass(frozen=True, slots=True)
class Facets(Generic[Line]):
    """All the ways one list can be narrowed; `words` is what a typed word is looked for in."""

    facets: tuple[Facet[Line], ...]
    words: Callable[[Line], str]

    def narrowed(self, lines: Sequence[Line], wanted: Mapping[str, str], typed: str = "") -> list[Line]:
        """The lines that answer to every wanted value and hold every typed word."""
        found = list(lines)
        for facet in self.facets:
            if value := wanted.get(facet.name):
                found = [line for line in found if facet.keeps(line, value)]
        for word in typed.casefold().split():
            found = [line for line in found if word in self.words(line).casefold()]
        return found


def flag(name: str, label: str, bears: Callable[[Line], bool]) -> Facet[Line]:
    """A facet that lines bear or do not bear."""
    return Facet(name, label, lambda line: (("1", label),) if bears(line) else (), is_flag=True)


def said(*pairs: Answer | None) -> tuple[Answer, ...]:
    """The answers that are there at all."""
    return tuple(pair for pair in pairs if pair and pair[0])
