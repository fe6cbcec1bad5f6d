"""What is found wrong while rows are read, line by line, under the file's own columns."""

from __future__ import annotations

from dataclasses import dataclass, field

from .mappings import TableMapping
from .problems import Problem


@dataclass
class Faults:
    """Every problem so far, the lines that have one, and which of their columns."""

    mapping: TableMapping
    problems: list[Problem] = field(default_factory=list)
    lines: set[int] = field(default_factory=set)
    told: set[tuple[int, str]] = field(default_factory=set)

    def refuse(self, line: int, column: str, wrong: str, advice: str = "") -> None:
        self.lines.add(line)
        self.told.add((line, column))
        self.problems.append(Problem(line, self.mapping.header_of(column), wrong, advice))
