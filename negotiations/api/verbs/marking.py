"""Verbs on markings: one address for each kind of item widens, narrows or sets an embargo."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from negotiations.access.doors import require
from negotiations.history.verify import tracked_kinds
from negotiations.models import MarkedItem, ProposedFinding, Tracked, User
from negotiations.rules.codes import Marking
from negotiations.rules.errors import MarkingRefused
from negotiations.rules.marking import rank
from negotiations.services.marking import narrow_marking, set_embargo, widen_marking

from ..serializers.fields import code
from .body import Told
from .fields import Moment, RelatedList
from .scope import own_organisation
from .verb import Call, Verb


class MarkingWrite(Told):
    """Who may see the item from now on, or from a moment on, and why."""

    marking = code(Marking)
    reason = serializers.CharField(max_length=4000)
    release_at = Moment(
        required=False,
        allow_null=True,
        default=None,
        help_text="An embargo: at this moment the item widens by itself to `marking`.",
    )
    readers = RelatedList(User, required=False, default=list, help_text="Who may read it besides you, if TLP:RED.")


def change_marking(call: Call) -> Tracked:
    """Set an embargo, widen or narrow, as what was sent differs from the present marking; each needs its own right."""
    item, marking, release_at = call.item, call.values["marking"], call.values["release_at"]
    told: dict[str, Any] = {"act": call.act, "version": call.version}
    if release_at is not None:
        require(call.viewer, call.negotiation, "marking.embargoed")
        return set_embargo(item, release_at=release_at, release_marking=marking, **told)
    if rank(marking) < rank(item.marking):
        require(call.viewer, call.negotiation, "marking.widened")
        return widen_marking(item, marking=marking, **told)
    require(call.viewer, call.negotiation, "marking.narrowed")
    if marking == item.marking:
        raise MarkingRefused(_("It is marked so already."), code="marking_unchanged")
    home = item.organisation or own_organisation(call.viewer, call.negotiation)
    return narrow_marking(item, marking=marking, organisation=home, readers=call.act.readers, **told)


VERBS = tuple(
    Verb(
        name="marking.narrowed",
        also=("marking.widened", "marking.embargoed"),
        on=kind,
        path="marking",
        body=MarkingWrite,
        run=change_marking,
        summary="Change who may see it",
        description="Widening and embargoes are the lead's. Narrowing takes its parts along and leaves a tombstone to "
        "those who could see it.",
        example={"marking": "AMBER", "reason": "The source asked for discretion."},
    )
    for kind in tracked_kinds()
    if issubclass(kind, MarkedItem) and kind is not ProposedFinding
)
