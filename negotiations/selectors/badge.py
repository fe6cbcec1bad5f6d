"""The verdict on a negotiation as everybody may read it, small enough for other people's pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from negotiations.history.moment import Moment
from negotiations.models import Negotiation
from negotiations.rules.marking import ANYBODY

from .reckoning import GateCount, gate_count, reckon
from .scene import scene_of
from .verdict import in_question, verdict_box
from .words import Words, words_of


@dataclass(frozen=True, slots=True)
class PublicVerdict:
    """What a badge says; `as_of` is None of the latest moment of what is live, so that a badge keeps its bytes."""

    slug: str
    title: Words
    sentence: str
    why: tuple[str, ...]
    gate: GateCount | None
    phase: int | None
    time_zone: str
    as_of: datetime | None
    known_at: datetime | None
    query: str


def public_verdict(negotiation: Negotiation, moment: Moment) -> PublicVerdict:
    """The verdict as nobody in particular sees it, whoever asks; the moment is one of theirs too."""
    with timezone.override(negotiation.time_zone):
        scene = scene_of(negotiation, viewer=ANYBODY, moment=moment)
        reckoning = reckon(scene)
        phase, ready = in_question(reckoning)
        box = verdict_box(reckoning, phase, ready)
    return PublicVerdict(
        slug=negotiation.slug,
        title=words_of(negotiation, "title"),
        sentence=box.sentence,
        why=box.why,
        gate=gate_count(ready.text) if ready and ready.text.total else None,
        phase=phase.number if phase else None,
        time_zone=negotiation.time_zone,
        as_of=moment.at if moment.has_ended or moment.is_past else None,
        known_at=moment.known_at,
        query=moment.query,
    )
