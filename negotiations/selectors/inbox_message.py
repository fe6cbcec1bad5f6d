"""One message of the inbox, under the rights of whoever reads it now."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from negotiations.models import Delivery, Entry, Negotiation
from negotiations.rules.marking import Viewer, narrowest

from .dashboard import reckonings_of
from .entry_lines import EntryLine, entry_lines
from .inbox import MOST, entries_of
from .overview import verdict_box
from .reckoning import Reckoning
from .scene import highest_in
from .words import Words, words_of

RETRACTED = "source.retracted"


@dataclass(frozen=True, slots=True)
class Told:
    """What a message tells of one negotiation: where it stands now, what puts right what was sent, and what changed.

    `marking` is the narrowest of all that it shows.
    """

    negotiation: Negotiation
    title: Words
    verdict: str
    corrections: tuple[EntryLine, ...]
    lines: tuple[EntryLine, ...]
    marking: str


def told_now(delivery: Delivery, viewer: Viewer, now: datetime) -> list[Told]:
    """What a message tells under the reader's rights of now, by negotiation; what is gone for them is not there.

    A fixed number of queries, over however many negotiations it reaches.
    """
    entries = entries_of(delivery, viewer, besides=delivery.told[:MOST])
    lines = {line.pk: line for line in entry_lines(entries, viewer=viewer)}
    by: defaultdict[int, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.negotiation_id is not None:
            by[entry.negotiation_id].append(entry)
    reckonings = {one.scene.negotiation.pk: one for one in reckonings_of(viewer, now, among=list(by))}
    return [_told(reckonings[pk], own, lines) for pk, own in by.items() if pk in reckonings]


def _told(reckoning: Reckoning, entries: list[Entry], lines: dict[int, EntryLine]) -> Told:
    scene, phase = reckoning.scene, reckoning.phase_in_question()
    ready = reckoning.readiness(phase.pk) if phase else None
    amends = {entry.pk: entry.supersedes_id is not None or entry.verb == RETRACTED for entry in entries}
    return Told(
        negotiation=scene.negotiation,
        title=words_of(scene.negotiation, "title"),
        verdict=verdict_box(reckoning, phase, ready).sentence,
        corrections=tuple(lines[entry.pk] for entry in entries if amends[entry.pk]),
        lines=tuple(lines[entry.pk] for entry in entries if not amends[entry.pk]),
        marking=narrowest([highest_in(scene), *(entry.marking for entry in entries)]),
    )
