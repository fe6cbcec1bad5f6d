"""Which entries bear out a status: those whose sources it rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from .fold import Told, standing

# These tell a status again without assessing anything.
UNDONE, CORRECTED, DISCLOSED = "entry.undone", "entry.corrected", "marking.widened"


def bearing(
    told: Sequence[Told], verbs: Mapping[int, str], *, as_of: datetime | None = None, known_at: datetime | None = None
) -> frozenset[int]:
    """The numbers of the entries that the status at `as_of` (None: the last) rests on, as known at `known_at`.

    `told` are all entries of one subject as the fold reads them, `verbs` what each of them was, by its
    number. What was undone rests on what it was before; a correction of something else leaves a status
    on what it rested on; a disclosure says again what was assessed before it.
    """
    known = [entry for entry in told if known_at is None or entry.recorded_at <= known_at]
    entries = _Entries({entry.seq: entry for entry in told}, verbs)
    for entry in reversed(standing(known, told)):
        is_then = as_of is None or entry.effective_at <= as_of
        if is_then and "status" in entry.changes and (spoken := entries.speaking(entry)) is not None:
            return frozenset(entries.voices(spoken))
    return frozenset()


@dataclass(frozen=True, slots=True)
class _Entries:
    """All entries of a subject by their numbers, and their verbs."""

    by_seq: Mapping[int, Told]
    verbs: Mapping[int, str]

    def speaking(self, entry: Told) -> Told | None:
        """What speaks where this entry stands; None for what was said before it."""
        verb = self.verbs[entry.seq]
        if verb == DISCLOSED:
            return None
        if verb != UNDONE:
            return entry
        undone = self._replaced(entry)
        # Whatever the undone one had replaced speaks again.
        before = self._replaced(undone) if undone is not None else None
        return self.speaking(before) if before is not None else None

    def voices(self, entry: Told) -> set[int]:
        """The entry, and what it corrects while the status is the same: its sources still bear it out."""
        found = {entry.seq}
        before = self._replaced(entry) if self.verbs[entry.seq] == CORRECTED else None
        if before is not None and _status(before) == _status(entry):
            spoken = self.speaking(before)
            found |= self.voices(spoken) if spoken is not None else set()
        return found

    def _replaced(self, entry: Told) -> Told | None:
        return self.by_seq.get(entry.supersedes) if entry.supersedes is not None else None


def _status(entry: Told) -> object:
    return entry.changes.get("status", (None, None))[1]
