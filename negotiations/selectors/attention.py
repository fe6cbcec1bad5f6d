"""What asks for attention across negotiations: facts told differently, moments near, checks overdue."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from negotiations.models import Condition
from negotiations.rules.codes import ConditionStatus

from .proposed_findings import to_decide
from .reckoning import ConditionLine, Reckoning, condition_line
from .words import Words, words_of

SOON = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class AttentionCard:
    """One condition with why it is here; `glyph` is a status or empty for a flag of time."""

    slug: str
    negotiation: Words
    line: ConditionLine
    status: str
    word: str
    level: str
    moment: datetime | None
    time_zone: str


def attention(reckonings: Iterable[Reckoning], *, is_past: bool = False) -> list[AttentionCard]:
    """At most one card of each kind, no condition twice.

    What waits for this reader as a second person, newest contested, next or longest due, longest unchecked.
    Nothing waits for anybody where the page is of the past.
    """
    known = list(reckonings)
    lines = [(one, condition_line(one, row)) for one in known for row in one.scene.all(Condition) if _is_open(one, row)]
    proposed = [] if is_past else _proposed(known)
    contested = [pair for pair in lines if pair[1].status == ConditionStatus.CONTESTED and pair[1].status_since]
    dated = [pair for pair in lines if pair[1].due_at is not None and pair[1].due_at <= pair[0].scene.at + SOON]
    stale = [pair for pair in lines if pair[1].fresh.level == "stale"]
    cards: list[AttentionCard] = proposed[:1]
    for make, pairs in ((_contested, contested), (_due, dated), (_stale, stale)):
        shown = {card.line.pk for card in cards}
        card = make([pair for pair in pairs if pair[1].pk not in shown])
        cards += [card] if card else []
    return cards


def _proposed(reckonings: Sequence[Reckoning]) -> list[AttentionCard]:
    """A card for each finding that waits for this reader, whatever its condition's status is now."""
    if not reckonings:
        return []
    by_id = {one.scene.negotiation.pk: one for one in reckonings}
    waiting = to_decide(reckonings[0].scene.viewer, by_id)
    rows = {pk: (one, row) for one in reckonings for pk, row in one.scene.by_id(Condition).items()}
    return [
        _card(one, condition_line(one, row), _("Waits for a second person"), "due", found.found_at)
        for pk, found in waiting.items()
        if pk in rows
        for one, row in [rows[pk]]
    ]


Pairs = Sequence[tuple[Reckoning, ConditionLine]]


def _is_open(reckoning: Reckoning, row: Condition) -> bool:
    return not reckoning.conditions[row.pk].is_settled


def _contested(pairs: Pairs) -> AttentionCard | None:
    if not pairs:
        return None
    one, line = max(pairs, key=lambda pair: (pair[1].status_since or pair[0].scene.at, pair[1].ref))
    return _card(one, line, line.status_label, "", line.status_since, status=line.status)


def _due(pairs: Pairs) -> AttentionCard | None:
    if not pairs:
        return None
    one, line = min(pairs, key=lambda pair: (pair[1].due_at or pair[0].scene.at, pair[1].ref))
    return _card(one, line, _("Overdue") if line.is_overdue else _("Falls due"), "due", line.due_at)


def _stale(pairs: Pairs) -> AttentionCard | None:
    if not pairs:
        return None
    one, line = min(pairs, key=lambda pair: (pair[1].fresh.checked_at or pair[0].scene.at, pair[1].ref))
    return _card(one, line, _("Not checked lately"), "stale", line.fresh.checked_at)


def _card(
    one: Reckoning, line: ConditionLine, word: str, level: str, moment: datetime | None, *, status: str = ""
) -> AttentionCard:
    negotiation = one.scene.negotiation
    return AttentionCard(
        slug=negotiation.slug,
        negotiation=words_of(negotiation, "title"),
        line=line,
        status=status,
        word=word,
        level=level,
        moment=moment,
        time_zone=negotiation.time_zone,
    )
