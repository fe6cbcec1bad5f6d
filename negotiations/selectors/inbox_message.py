"""One message of the inbox, under the rights of whoever reads it now."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from negotiations.models import Condition, Delivery, Dispute, Entry, Gate, Link, MarkedItem, Negotiation, Phase
from negotiations.rules.marking import Viewer, narrowest

from .all_negotiations import reckonings_of
from .entry_lines import EntryLine, entry_lines
from .inbox import entries_of
from .matching import RETRACTED
from .net_changes import netted
from .reckoning import Reckoning
from .verdict import InQuestion, all_in_question, verdict_box
from .words import Words, words_of

# What a verdict is made of.
JUDGED: tuple[type[MarkedItem], ...] = (Phase, Condition, Gate, Link, Dispute)


@dataclass(frozen=True, slots=True)
class Told:
    """What a message tells of one negotiation: where it stands now with what must be added, corrections, and the rest.

    `marking` is the narrowest of all that it shows; `more` were asked for too and are on the page of all changes.
    """

    negotiation: Negotiation
    title: Words
    verdict: str
    why: tuple[str, ...]
    corrections: tuple[EntryLine, ...]
    lines: tuple[EntryLine, ...]
    marking: str
    more: int = 0


def told_now(delivery: Delivery, viewer: Viewer, now: datetime) -> list[Told]:
    """What a message tells under the reader's rights of now, by negotiation; what is gone for them is not there.

    A fixed number of queries, over however many negotiations it reaches.
    """
    shown = entries_of(delivery, viewer, besides=delivery.told)
    entries = shown.entries
    lines = {line.pk: line for line in entry_lines(entries, viewer=viewer)}
    by: defaultdict[int, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.negotiation_id is not None:
            by[entry.negotiation_id].append(entry)
    found = {one.scene.negotiation.pk: one for one in reckonings_of(viewer, now, among=list(by))}
    judged = all_in_question(found.values())
    return [_told(found[pk], judged[pk], own, lines, shown.more.get(pk, 0)) for pk, own in by.items() if pk in found]


def _told(
    reckoning: Reckoning, judged: InQuestion, entries: list[Entry], lines: dict[int, EntryLine], more: int
) -> Told:
    scene = reckoning.scene
    with timezone.override(scene.negotiation.time_zone):
        box = verdict_box(reckoning, *judged)
    amends = {entry.pk: entry.supersedes_id is not None or entry.verb == RETRACTED for entry in entries}
    shown = (row.marking for kind in JUDGED for row in scene.all(kind))
    return Told(
        negotiation=scene.negotiation,
        title=words_of(scene.negotiation, "title"),
        verdict=box.sentence,
        why=box.why,
        corrections=tuple(lines[entry.pk] for entry in entries if amends[entry.pk]),
        lines=tuple(netted([entry for entry in entries if not amends[entry.pk]], lines)),
        marking=narrowest([scene.negotiation.marking, *shown, *(entry.marking for entry in entries)]),
        more=more,
    )
