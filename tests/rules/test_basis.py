"""What a status rests on: the entry that assessed it, through corrections, undoings, disclosures and redactions."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from negotiations.rules.basis import bearing
from negotiations.rules.fold import Told

START = datetime(2025, 10, 10, tzinfo=UTC)


def on(day: float) -> datetime:
    return START + timedelta(days=day)


class Story:
    """Entries of one subject, told one after the other, one a day unless said otherwise."""

    def __init__(self) -> None:
        self.told: list[Told] = []
        self.verbs: dict[int, str] = {}

    def tells(
        self,
        status: str | None,
        verb: str = "condition.status_changed",
        *,
        on_day: float | None = None,
        of: int | None = None,
        known: float | None = None,
    ) -> int:
        seq = len(self.told) + 1
        at = on(on_day if on_day is not None else seq)
        changes = {"status": [None, status]} if status else {"title": [None, "Bridge"]}
        self.told.append(Told(seq, at, on(known) if known is not None else at, changes, of))
        self.verbs[seq] = verb
        return seq

    def bearing(self, day: float | None = None, known: float | None = None) -> set[int]:
        as_of, known_at = (on(one) if one is not None else None for one in (day, known))
        return set(bearing(self.told, self.verbs, as_of=as_of, known_at=known_at))


def test_it_is_the_entry_that_set_the_status_then() -> None:
    story = Story()
    first, _title, second = story.tells("in_progress"), story.tells(None, "condition.edited"), story.tells("met")
    assert (story.bearing(), story.bearing(2.5), story.bearing(0)) == ({second}, {first}, set())


def test_it_is_as_known_then() -> None:
    story = Story()
    first = story.tells("in_progress")
    late = story.tells("met", on_day=2, known=9)
    assert (story.bearing(3, 5), story.bearing(3, 9)) == ({first}, {late})


def test_what_was_undone_leaves_it_to_what_it_was_before() -> None:
    story = Story()
    first, second = story.tells("in_progress"), story.tells("met")
    undone = story.tells("in_progress", "entry.undone", on_day=2, of=second)
    assert story.bearing() == {first}
    story.tells("met", "entry.undone", on_day=2, of=undone)
    assert story.bearing() == {second}


def test_an_undone_correction_leaves_it_to_what_was_corrected() -> None:
    story = Story()
    story.tells("in_progress")
    second = story.tells("met")
    corrected = story.tells("breached", "entry.corrected", on_day=2, of=second)
    assert story.bearing() == {corrected}
    story.tells("met", "entry.undone", on_day=2, of=corrected)
    assert story.bearing() == {second}


def test_a_correction_of_something_else_leaves_it_on_what_it_rested_on() -> None:
    story = Story()
    first = story.tells("alleged", "incident.reported")
    second = story.tells("alleged", "entry.corrected", on_day=1, of=first)
    assert story.bearing() == {first, second}
    third = story.tells("alleged", "entry.corrected", on_day=1, of=second)
    assert story.bearing() == {first, second, third}


def test_a_disclosure_says_it_again_and_assesses_nothing() -> None:
    story = Story()
    first = story.tells("in_progress")
    story.tells("in_progress", "marking.widened")
    assert story.bearing() == {first}


def test_of_two_at_one_moment_the_correction_of_the_earlier_one_does_not_hold() -> None:
    story = Story()
    first, second = story.tells("in_progress", on_day=1), story.tells("met", on_day=1)
    story.tells("partly_met", "entry.corrected", on_day=1, of=first)
    assert story.bearing() == {second}
