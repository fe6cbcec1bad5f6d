"""The forms on a condition as one reader finds them: with what they may cite and name."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict

from negotiations.models import Condition, Party, ThirdParty
from negotiations.selectors.entry_lines import entry_lines, with_payload
from negotiations.selectors.item_entries import last_with_sources

from .drafting import type_again
from .forms.condition import ConfirmForm, UpdateForm
from .frame import Visit


def update_form(opened: Visit, row: Condition, data: QueryDict | None = None) -> UpdateForm:
    """The form for a new status or value, opened on the saved state, on a draft, or filled with what was sent."""
    scene = opened.scene
    roles = {one.actor_id for one in scene.all(ThirdParty)}
    seats = scene.all(Party)
    actors = [scene.actors[pk] for pk in roles | {one.actor_id for one in seats}]
    form = UpdateForm(
        data,
        initial=_opened(row),
        viewer=opened.viewer,
        negotiation=opened.negotiation,
        present=row.status,
        actors=sorted(actors, key=lambda actor: actor.name),
        parties=sorted(((one, scene.actors[one.actor_id]) for one in seats), key=lambda pair: pair[1].name),
    )
    if data is None:
        type_again(form, opened.request)
    return form


def confirm_form(opened: Visit, row: Condition) -> ConfirmForm:
    """One tap: where one looks is where somebody looked last, or the source the status rests on."""
    return ConfirmForm(initial={"version": row.version, "where": row.checked_where or _last_source(opened, row)})


def _last_source(opened: Visit, row: Condition) -> str:
    last = last_with_sources(row, opened.viewer)
    lines = entry_lines(with_payload(last), viewer=opened.viewer)
    sources = [source for line in lines for source in line.sources]
    return f"{sources[0].publisher}: {sources[0].title.here}"[:300] if sources else ""


def _opened(row: Condition) -> dict[str, Any]:
    # What the present status rests on is not carried over: a new one needs a finding of its own.
    return {
        "version": row.version,
        "what": "status",
        "status": row.status,
        "value": row.value.normalize() if row.value is not None else None,
        "where": row.checked_where,
    }
