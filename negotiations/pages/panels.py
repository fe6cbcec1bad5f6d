"""What blocks a phase, put into the sentences and drawings that the overview and the roadmap show."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from negotiations.selectors.also_required import also_required, open_gates
from negotiations.selectors.blocking_lines import (
    BlockedLine,
    Blocking,
    ClauseLine,
    GateLine,
    GateReading,
    Named,
    StepLine,
)
from negotiations.selectors.step_words import mutual_sentence, names, step_sentence, unlock_sentence, wait_sentence

from .charts.dependency import dependency_chart

# A long list of steps hides the first ones; the roadmap page has them all.
FIRST_STEPS = 6


@dataclass(frozen=True, slots=True)
class StepWords:
    """A next step with what stands beside it."""

    label: str
    sentence: str
    clauses: tuple[ClauseLine, ...]
    held_by: tuple[Named, ...]
    then: str


@dataclass(frozen=True, slots=True)
class WaitWords:
    """An open condition with everything it waits for, in sentences."""

    condition: Named
    obligors: str
    is_entry: bool
    waits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReadingPanel:
    """One reading of a phase's gates: a sentence, the open gates, the drawing and the same as a list."""

    ident: str
    sentence: str
    reading: GateReading
    open_gates: tuple[GateLine, ...]
    graph: SafeString
    chain: tuple[tuple[Named, ...], ...]
    mutuals: tuple[str, ...]
    waits: tuple[WaitWords, ...]
    steps: tuple[StepWords, ...]
    more_steps: int


@dataclass(frozen=True, slots=True)
class GatePanel:
    """A phase with the reading of the text, and beside it those of named actors."""

    number: int
    text: ReadingPanel
    others: tuple[ReadingPanel, ...]


def gate_panel(blocking: Blocking, *, steps: int = FIRST_STEPS) -> GatePanel:
    """Put one phase's readings into words and drawings; actors who assert the same share a panel."""
    known = {line.condition.ref for line in blocking.text.blocked}
    others = []
    for place, also in enumerate(also_required(blocking.others)):
        adds = any(line.condition.ref not in known for line in also.reading.blocked)
        ident = f"gate{blocking.number}-{place + 1}"
        title = _("What blocks phase %(number)s according to %(actors)s") % {
            "number": blocking.number,
            "actors": also.actors,
        }
        graph = dependency_chart(blocking.number, also.reading, ident=ident, title=title) if adds else SafeString("")
        others.append(_panel(ident, also.sentence, also.reading, graph, steps))
    return GatePanel(blocking.number, _of_text(blocking, steps), tuple(others))


def _of_text(blocking: Blocking, steps: int) -> ReadingPanel:
    text, ident = blocking.text, f"gate{blocking.number}"
    graph = dependency_chart(blocking.number, text, ident=ident) if text.total and text.blocked else SafeString("")
    return _panel(ident, text_sentence(text), text, graph, steps)


def _panel(ident: str, sentence: str, reading: GateReading, graph: SafeString, steps: int) -> ReadingPanel:
    return ReadingPanel(
        ident=ident,
        sentence=sentence,
        reading=reading,
        open_gates=open_gates(reading),
        graph=graph,
        chain=tuple(reversed(reading.chain)),
        mutuals=tuple(mutual_sentence(group) for group in reading.groups),
        waits=tuple(_waits(line) for line in reading.blocked),
        steps=tuple(_step(step) for step in reading.steps[:steps]),
        more_steps=max(len(reading.steps) - steps, 0),
    )


def text_sentence(reading: GateReading) -> str:
    """How many entry conditions in the text are unmet; empty where the text has none."""
    if not reading.total:
        return ""
    if not reading.open:
        return _("All entry conditions in the text are met")
    words = ngettext(
        "%(open)s of %(total)s entry condition in the text unmet",
        "%(open)s of %(total)s entry conditions in the text unmet",
        reading.total,
    )
    return words % {"open": reading.open, "total": reading.total}


def _waits(line: BlockedLine) -> WaitWords:
    return WaitWords(line.condition, names(line.obligors), line.is_entry, tuple(map(wait_sentence, line.waits)))


def _step(step: StepLine) -> StepWords:
    then = unlock_sentence(step.unlocks) if step.unlocks else ""
    return StepWords(step.kind.label, step_sentence(step), step.clauses, step.held_by, then)
