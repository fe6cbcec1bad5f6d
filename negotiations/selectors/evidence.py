"""How new the newest evidence of each condition is, apart from when somebody last looked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, Value

from negotiations.history.both_clocks import known_citations, standing_by, told_by
from negotiations.models import Citation, Claim, ClaimedCondition, Condition, Entry, Source

from .scene import Scene

# What the present status rests on is cited under the entries that set it, moved its measure, or bore it out.
UNDER = ("condition.status_changed", "condition.checked", "entry.corrected", "entry.undone")
CITED, CLAIMED = "cited", "claimed"


def newest_evidence(scene: Scene) -> dict[int, datetime]:
    """The moment of the newest source under the present status, or of the newest claim, by condition; one query.

    A source counts from its publication; without one by then, from when the status that cites it was so.
    What was retracted by then shows nothing. Claims count whoever weighed them yet: fresh evidence that
    nobody looked at is evidence. A condition without either is left out.
    """
    rows = {row.public_id: row for row in scene.all(Condition)}
    newest: dict[int, datetime] = {}
    for key, at, other, thing, how in _cited(scene).union(_claimed(scene), all=True):
        row = rows.get(key)
        if row is None:
            continue
        if how == CLAIMED:
            moment = _said(scene, key, at, thing)
        elif _is_retracted(scene, thing):
            continue
        else:
            moment = _shown(scene, row, at, _published(scene, thing, other))
        if moment is not None:
            newest[row.pk] = max(moment, newest.get(row.pk, moment))
    return newest


def _cited(scene: Scene) -> QuerySet[Any, Any]:
    entries = Entry.objects.filter(negotiation=scene.negotiation.pk, subject_type="condition", verb__in=UNDER)
    entries = standing_by(told_by(entries, scene.moment), scene.moment.known_at)
    cited = Citation.objects.visible_to(scene.viewer).filter(entry__in=entries.values("pk"))
    if scene.told is None:
        cited = cited.filter(source__retracted_at__isnull=True)
    return known_citations(cited, scene.moment.known_at).values_list(
        "entry__subject_id", "entry__effective_at", "source__published_at", "source__public_id", Value(CITED)
    )


def _claimed(scene: Scene) -> QuerySet[Any, Any]:
    claims = Claim.objects.visible_to(scene.viewer).filter(negotiation=scene.negotiation.pk, said_at__lte=scene.at)
    if scene.told is None:
        claims = claims.filter(withdrawn_at__isnull=True)
    about = ClaimedCondition.objects.filter(claim__in=claims.values("pk"))
    return about.values_list(
        "condition__public_id", "claim__said_at", "claim__withdrawn_at", "claim__public_id", Value(CLAIMED)
    )


def _said(scene: Scene, condition: UUID, at: datetime, claim: UUID) -> datetime | None:
    """When a claim was said; None where, as told of that moment, it did not stand about the condition."""
    if scene.told is None:
        return at
    then = scene.told.get(claim)
    if then is None or then.get("withdrawn_at") or str(condition) not in (then.get("conditions") or ()):
        return None
    return at


def _is_retracted(scene: Scene, source: UUID) -> bool:
    """Whether a source had been taken back by a moment of the past; of the present only those that stand are asked."""
    return bool((scene.told or {}).get(source, {}).get("retracted_at"))


def _published(scene: Scene, source: UUID, now: datetime | None) -> datetime | None:
    then: Mapping[str, Any] | None = (scene.told or {}).get(source)
    if then is None:
        return now
    found: datetime | None = Source._meta.get_field("published_at").to_python(then.get("published_at"))
    return found


def _shown(scene: Scene, row: Condition, cited_at: datetime, published_at: datetime | None) -> datetime | None:
    """From when a source shows the present status; None where it is from before that."""
    if row.status_since is None or cited_at < row.status_since:
        return None
    return published_at if published_at is not None and published_at <= scene.at else cited_at
