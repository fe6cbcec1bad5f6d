"""A news day's capture: one source and everything it says, saved together or not at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from negotiations.models import Negotiation, Source, Tracked
from negotiations.rules.errors import RuleError
from negotiations.rules.marking import Viewer

from .act import Act, Cite
from .claim import make_claim
from .condition import change_condition_status
from .finding import Finding
from .incident import report_incident
from .position import state_position
from .source import add_source

MOMENTS = {"claim": "said_at", "position": "stated_at", "incident": "happened_at"}
MAKERS: dict[str, Callable[..., Tracked]] = {
    "claim": make_claim,
    "position": state_position,
    "incident": report_incident,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """One thing the source says: a claim, a position, an incident or a status, with its own moment and reach."""

    kind: str
    at: datetime | None
    credibility: str
    quote: str = ""
    facts: dict[str, Any] = field(default_factory=dict)


class SayingRefused(RuleError):
    """One of the sayings cannot be saved, so none was; `place` counts them from 0."""

    def __init__(self, place: int, refused: RuleError) -> None:
        super().__init__(refused.message, code=refused.code, fields=refused.fields)
        self.place = place


def capture(
    *, act: Act, negotiation: Negotiation, source: Source | dict[str, Any], sayings: Sequence[Saying]
) -> tuple[Source, list[Tracked]]:
    """Add the source if it is new, and record what it says. Raises SayingRefused and then writes nothing."""
    saved: list[Tracked] = []
    with transaction.atomic():
        chosen = source if isinstance(source, Source) else add_source(act=act, negotiation=negotiation, **source)
        for place, saying in enumerate(sayings):
            try:
                saved.append(_record(saying, act, negotiation, chosen))
            except RuleError as refused:
                raise SayingRefused(place, refused) from refused
    return chosen, saved


def _record(saying: Saying, act: Act, negotiation: Negotiation, source: Source) -> Tracked:
    cite = Cite(source=source, credibility=saying.credibility, quote=saying.quote)
    told = replace(act, cites=(cite,), effective_at=saying.at)
    if saying.kind == "status":
        facts = dict(saying.facts)
        condition, status = facts.pop("condition"), facts.pop("status")
        return change_condition_status(condition, act=told, version=None, status=status, finding=Finding(**facts))
    moment = {MOMENTS[saying.kind]: saying.at}
    return MAKERS[saying.kind](act=told, negotiation=negotiation, **moment, **saying.facts)


def like_source(
    viewer: Viewer, negotiation: Negotiation, *, url: str = "", sha256: str = "", origin: str = ""
) -> list[Source]:
    """Sources the reader may see that seem to be the same: one address, one file or one origin."""
    same = Q()
    if url:
        bare = url.split("#")[0].rstrip("/")
        same |= Q(url__in=[bare, f"{bare}/", url]) | Q(archived_url__in=[bare, f"{bare}/", url])
    if sha256:
        same |= Q(sha256=sha256) | Q(copies__sha256=sha256)
    if origin:
        same |= Q(origin__iexact=origin)
    if not same:
        return []
    rows = Source.objects.visible_to(viewer).filter(same, negotiation=negotiation).distinct()
    return list(rows.order_by("-pk")[:5])
