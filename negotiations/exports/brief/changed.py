"""What changed in the last days before a brief's moment, as it was known then."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from negotiations.history.both_clocks import told_by
from negotiations.models import Entry
from negotiations.selectors.corrections import MENDED
from negotiations.selectors.entry_lines import EntryLine, with_payload
from negotiations.selectors.movement import by_verb, place_by_weight
from negotiations.selectors.net_changes import as_corrected
from negotiations.selectors.overview import SET_UP
from negotiations.selectors.scene import Scene
from negotiations.selectors.source_lines import grade_of
from negotiations.selectors.words import moved_words

from .lines import ChangeRow, short_day

DAYS = timedelta(days=7)
# Who knows of which account is no news to a principal; what was put right is.
DULL = (*SET_UP, "membership.changed", "membership.ended", "membership.agreed", "negotiation.edited", "phase.edited")
MOST = 12


def changed_lately(scene: Scene) -> Iterator[ChangeRow]:
    """What moved before what else matters, and that before what was only looked at or carried; each newest first."""
    entries = told_by(Entry.objects.visible_to(scene.viewer).filter(negotiation=scene.negotiation), scene.moment)
    entries = entries.filter(effective_at__gt=scene.at - DAYS).exclude(verb__in=DULL)
    rows = list(with_payload(entries.order_by(by_verb(), "-effective_at", "-seq"))[: MOST * 3])
    rows.sort(key=lambda row: (-row.effective_at.timestamp(), -row.seq))
    rows.sort(key=place_by_weight)
    lines = [line for line in as_corrected(rows, scene) if not line.is_replaced]
    for line in lines[:MOST]:
        yield ChangeRow(short_day(line.effective_at, scene.at), words_for(line), grade_of(line.sources))


def words_for(line: EntryLine) -> str:
    """What changed: from what to what where a status or value did, else what happened."""
    name = " ".join(part for part in (line.ref, line.title.here) if part)
    moved = line.moved
    if moved and moved.before:
        return f"{name}: {moved_words(moved.before, moved.after)}"
    # What was put right without a move is told as that; a status that was found again, as the status.
    said = moved or (None if line.verb in MENDED else line.change)
    return f"{name}: {said.after}" if said else f"{line.says}: {name}" + (f" · {line.judged}" if line.judged else "")
