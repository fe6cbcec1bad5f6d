"""What is wrong with a file: the line, the column, what is wrong there and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from negotiations.rules.errors import RuleError

# Most problems that are told of one file; whoever has more starts with these.
MOST = 1000
LONGEST = 300


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend. `line` is the file's own number, 0 where the whole file is meant."""

    line: int
    column: str
    wrong: str
    advice: str = ""

    def told(self) -> dict[str, object]:
        """The problem as reports keep it, none of its words longer than a line or two."""
        return {name: value[:LONGEST] if isinstance(value, str) else value for name, value in asdict(self).items()}

    def __str__(self) -> str:
        where = ": ".join(str(part) for part in (self.line or "", self.column) if part)
        return f"{where}: {self.wrong} {self.advice}".removeprefix(": ").strip()


class FileRefused(RuleError):
    """A file of which nothing was written, with everything that is wrong with it."""

    code = "file_refused"

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__(str(self.problems[0]), fields={"file": str(self.problems[0])})


class CellRefused(Exception):
    """A cell that cannot be read as what its column holds: what is wrong, and what to do."""

    def __init__(self, wrong: str, advice: str = "") -> None:
        super().__init__(wrong)
        self.wrong, self.advice = wrong, advice
