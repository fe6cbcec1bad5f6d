"""How a condition's counterpart fared in the earlier attempt, and how such provisions fared elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from negotiations.history.moment import Moment
from negotiations.models import Condition, Negotiation
from negotiations.rules.base_rates import SOURCE, SOURCE_URL, base_rates, caveat, footnote
from negotiations.rules.codes import NegotiationStatus

from .reckoning import ConditionLine, condition_line, reckon
from .scene import Scene, scene_of
from .words import Words, words_of


@dataclass(frozen=True, slots=True)
class LastTime:
    """The counterpart as it stood when the earlier attempt ended, or at the moment asked about if that is sooner."""

    slug: str
    negotiation: Words
    negotiation_status: str
    line: ConditionLine


@dataclass(frozen=True, slots=True)
class BaseRateNote:
    """An outside view: shares among peace accords with n and source, and what they cannot say."""

    sentences: tuple[str, ...]
    caveat: str
    source: str
    url: str


def last_time(scene: Scene, row: Condition) -> LastTime | None:
    """The counterpart in the earlier attempt; None where none is named or the reader may not see it."""
    named = _named(scene, row)
    if named is None:
        return None
    visible = Condition.objects.visible_to(scene.viewer).filter(negotiation__in=_visible(scene), **named)
    counterpart = visible.select_related("negotiation").first()
    if counterpart is None:
        return None
    earlier = scene_of(
        counterpart.negotiation, viewer=scene.viewer, moment=moment_of_earlier(scene, counterpart.negotiation)
    )
    then = earlier.by_id(Condition).get(counterpart.pk)
    if then is None:
        return None
    return LastTime(
        slug=counterpart.negotiation.slug,
        negotiation=words_of(counterpart.negotiation, "title"),
        negotiation_status=NegotiationStatus(counterpart.negotiation.status).label,
        line=condition_line(reckon(earlier), then),
    )


def base_rate_note(category: str) -> BaseRateNote | None:
    """The base rates of a category, None where the source has no such provision."""
    rates = base_rates(category)
    if not rates:
        return None
    return BaseRateNote(tuple(footnote(rate) for rate in rates), caveat(), SOURCE, SOURCE_URL)


def _named(scene: Scene, row: Condition) -> dict[str, Any] | None:
    """How to find the counterpart; in the past it is told by its public id, as another negotiation's row."""
    if scene.told is not None:
        key = scene.told.get(row.public_id, {}).get("corresponds_to")
        return {"public_id": key} if key else None
    return {"pk": row.corresponds_to_id} if row.corresponds_to_id is not None else None


def _visible(scene: Scene) -> QuerySet[Negotiation]:
    return Negotiation.objects.visible_to(scene.viewer)


def moment_of_earlier(scene: Scene, earlier: Negotiation) -> Moment:
    """When the earlier attempt ended, or the scene's moment if that is sooner; known as the scene is."""
    end = earlier.coverage_end
    if end is not None and end <= scene.at:
        return Moment(end, end if scene.moment.known_at else None, known_at=scene.moment.known_at)
    return Moment(scene.at, scene.moment.as_of, known_at=scene.moment.known_at)
