"""The forms on a condition as one reader finds them: with what they may cite and name."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict

from negotiations.models import Condition, Party, Source, ThirdParty

from .forms.condition import ConfirmForm, UpdateForm
from .frame import Visit


def update_form(opened: Visit, row: Condition, data: QueryDict | None = None) -> UpdateForm:
    """The form for a new status or value, opened on the saved state or filled with what was sent."""
    scene = opened.scene
    roles = {one.actor_id for one in scene.all(ThirdParty)}
    seats = scene.all(Party)
    actors = [scene.actors[pk] for pk in roles | {one.actor_id for one in seats}]
    sources = Source.objects.visible_to(opened.viewer).filter(negotiation=opened.negotiation, retracted_at__isnull=True)
    return UpdateForm(
        data,
        initial=_opened(row),
        sources=sources.order_by("-published_at", "-pk"),
        actors=sorted(actors, key=lambda actor: actor.name),
        parties=sorted(((one, scene.actors[one.actor_id]) for one in seats), key=lambda pair: pair[1].name),
    )


def confirm_form(row: Condition) -> ConfirmForm:
    return ConfirmForm(initial={"version": row.version, "where": row.checked_where})


def _opened(row: Condition) -> dict[str, Any]:
    # What the present status rests on is not carried over: a new one needs a finding of its own.
    return {
        "version": row.version,
        "status": row.status,
        "value": row.value.normalize() if row.value is not None else None,
    }
