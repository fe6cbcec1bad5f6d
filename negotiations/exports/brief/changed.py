"""What changed in the last days before a brief's moment, as it was known then."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from negotiations.models import Entry
from negotiations.selectors.entry_lines import EntryLine, entry_lines, with_payload
from negotiations.selectors.overview import SET_UP
from negotiations.selectors.scene import Scene
from negotiations.selectors.words import moved_words

from .lines import ChangeRow, short_day

DAYS = timedelta(days=7)
# Who knows of which account is no news to a principal; what was put right is.
DULL = (*SET_UP, "membership.changed", "membership.ended", "membership.agreed", "negotiation.edited", "phase.edited")
MOST = 12


def changed_lately(scene: Scene) -> Iterator[ChangeRow]:
    """The newest first, changes of a status before everything else."""
    entries = Entry.objects.visible_to(scene.viewer).filter(
        negotiation=scene.negotiation, effective_at__lte=scene.at, effective_at__gt=scene.at - DAYS
    )
    if scene.moment.known_at is not None:
        entries = entries.filter(recorded_at__lte=scene.moment.known_at)
    rows = with_payload(entries.exclude(verb__in=DULL).order_by("-effective_at", "-seq"))[: MOST * 3]
    lines = [line for line in entry_lines(rows, viewer=scene.viewer) if not line.is_replaced]
    for line in sorted(lines, key=lambda one: one.change is None)[:MOST]:
        yield ChangeRow(short_day(line.effective_at, scene.at), words_for(line), grade_of(line))


def words_for(line: EntryLine) -> str:
    """What changed: from what to what where a status or value did, else what happened."""
    name = " ".join(part for part in (line.ref, line.title.here) if part)
    moved = line.change or line.value
    if moved and moved.before:
        return f"{name}: {moved_words(moved.before, moved.after)}"
    return f"{name}: {moved.after}" if moved else f"{line.says}: {name}"


def grade_of(line: EntryLine) -> str:
    """Reliability and credibility of the best source, empty without one."""
    return f"{line.sources[0].reliability}{line.sources[0].credibility}" if line.sources else ""
