"""What moved in a window: statuses and measures, net of what went to and fro."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from negotiations.models import Assessment, Condition, Dispute, Entry, Incident, Phase
from negotiations.rules.codes import ConditionStatus, PhaseStatus, QuantityPer
from negotiations.rules.numbers import amount
from negotiations.selectors.entry_lines import STATUSES
from negotiations.selectors.judged import likelihood_words
from negotiations.selectors.movement import STEPS, touched
from negotiations.selectors.reckoning import status_label
from negotiations.selectors.words import words_of

from .content import Kind, Row, back_in_words, changes_in_words
from .news import News, arrow, row_of

KINDS = (Condition, Phase, Dispute, Incident)
TURNED: dict[str, set[str]] = {
    "condition": {ConditionStatus.BREACHED, ConditionStatus.SUSPENDED, ConditionStatus.CONTESTED},
    "phase": {PhaseStatus.SUSPENDED, PhaseStatus.COLLAPSED},
}


def moves(news: News) -> Iterator[tuple[Kind, Row]]:
    """One row for each item whose status or measure changed, then the steps told by their verb."""
    for entries in news.by_subject.values():
        told = [entry for entry in entries if touched(entry) and entry.pk not in news.taken]
        if told and (found := _move(news, told)):
            yield found
    for entry in news.of_verbs("assessment.made"):
        if row := _outlook(news, entry):
            yield Kind.MOVED, row
    for entry in news.of_verbs(*STEPS):
        line = news.lines[entry.pk]
        if line.change:
            yield Kind.MOVED, news.row([entry], before=line.change.before, after=line.change.after)
        else:
            yield Kind.MOVED, news.row([entry], note=line.says)


def _move(news: News, told: list[Entry]) -> tuple[Kind, Row] | None:
    """The net change of one item; None where it was not there before or nothing of it can be compared."""
    noun = told[-1].subject_type
    before, after = (row_of(scene, told[-1].subject_id, *KINDS) for scene in (news.before, news.after))
    if before is None or after is None:
        return None
    times = sum("status" in touched(entry) for entry in told)
    was, now = _measures(before, after) if noun == "condition" else ("", "")
    measure = joined_words(was, arrow() if was else "", now)
    said: dict[str, Any] = {"after": _word(noun, after), "glyph": _glyph(noun, after)}
    if before.status != after.status:
        said |= {"before": _word(noun, before), "note": joined(changes_in_words(times) if times > 1 else "", measure)}
    elif times > 1:
        said |= {"note": joined(back_in_words(times), measure), "is_back": not measure}
    elif measure:
        said = {"before": was, "after": now}
    else:
        return None
    said |= {"details": news.reasons(told)}
    turned = before.status != after.status and after.status in TURNED.get(noun, ())
    return Kind.TURNED if turned else Kind.MOVED, news.row(told, **said)


def joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _word(noun: str, row: Any) -> str:
    return status_label(row) if noun == "condition" else STATUSES[noun](row.status).label


def _glyph(noun: str, row: Any) -> str:
    return str(row.status) if noun == "condition" else ""


def _measures(before: Condition, after: Condition) -> tuple[str, str]:
    """The measure before, and after with its unit and what is to be reached; both empty where it did not change."""
    if before.value == after.value or after.value is None:
        return "", ""
    return amount(before.value), _measure(after.value, after)


def measure_told(news: News, entry: Entry) -> tuple[str, str]:
    """The measure before and after one entry, as `_measures` words it, even where others hold now."""
    was, now = entry.payload.changes["value"]
    condition = row_of(news.after, entry.subject_id, Condition)
    return amount(_number(was)), _measure(_number(now), condition) if condition else amount(_number(now))


def _number(stored: str | None) -> Decimal | None:
    return Decimal(stored) if stored is not None else None


def _measure(value: Decimal | None, condition: Condition) -> str:
    words = joined_words(amount(value), words_of(condition, "unit").here)
    # A ratio is no amount to reach.
    if condition.target is None or condition.per == QuantityPer.RATIO:
        return words
    return _("%(value)s of %(target)s") % {"value": words, "target": amount(condition.target)}


def joined_words(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _outlook(news: News, entry: Entry) -> Row | None:
    """A judgement on a question that was judged before, from the last one to this; None for a first one."""
    made = row_of(news.after, entry.subject_id, Assessment)
    if made is None:
        return None
    earlier = [
        one
        for one in news.after.all(Assessment)
        if one.question == made.question and one.assessed_at < made.assessed_at
    ]
    if not earlier:
        return None
    last = max(earlier, key=lambda one: (one.assessed_at, one.pk))
    return news.row([entry], before=_likelihood(last), after=_likelihood(made))


def _likelihood(row: Assessment) -> str:
    return likelihood_words(row.likelihood, row.percent_low, row.percent_high)
