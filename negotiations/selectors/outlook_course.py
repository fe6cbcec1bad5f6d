"""How the answer to the question of an outlook moved from one assessment to the next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from negotiations.models import Assessment

from .scene import Scene
from .words import Words, words_of


@dataclass(frozen=True, slots=True)
class CoursePoint:
    """One assessment of the question."""

    at: datetime
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Course:
    """The open question assessed last, with all its assessments, oldest first."""

    question: Words
    points: tuple[CoursePoint, ...]
    is_illustrative: bool

    @property
    def now(self) -> CoursePoint:
        return self.points[-1]

    @property
    def moved(self) -> int | None:
        """By how many points the middle of the range moved since the assessment before; None for the first."""
        if len(self.points) < 2:
            return None
        before, now = self.points[-2], self.points[-1]
        return round((now.low + now.high - before.low - before.high) / 2)


def open_course(scene: Scene) -> Course | None:
    """The course of the question that was assessed last and is not resolved; None where there is none."""
    rows = [row for row in scene.all(Assessment) if row.assessed_at <= scene.at]
    pending = [row for row in rows if row.outcome is None]
    if not pending:
        return None
    latest = max(pending, key=lambda row: (row.assessed_at, row.pk))
    same = sorted((row for row in rows if row.question == latest.question), key=lambda row: (row.assessed_at, row.pk))
    points = tuple(CoursePoint(row.assessed_at, row.percent_low, row.percent_high) for row in same)
    return Course(words_of(latest, "question"), points, latest.is_illustrative)
