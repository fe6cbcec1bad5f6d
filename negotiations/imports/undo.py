"""Taking an import back: what it made is withdrawn, what it changed is undone, while nothing builds on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from negotiations.access.viewer import viewer_for
from negotiations.models import Claim, Condition, Entry, ImportBatch, Incident, MarkedItem, Position, Source, User
from negotiations.rules.codes import ConditionStatus, ImportKind, ImportState, IncidentStatus
from negotiations.rules.errors import RuleError
from negotiations.services.act import Act
from negotiations.services.claim import withdraw_claim
from negotiations.services.condition import change_condition_status
from negotiations.services.correction import undo
from negotiations.services.coverage import put_coverage_back
from negotiations.services.incident import change_incident_status
from negotiations.services.position import withdraw_position
from negotiations.services.source import retract_source
from negotiations.services.together import together

from .batches import locked
from .prevented import KINDS, MADE, prevented
from .problems import FileRefused


def undo_batch(asked: ImportBatch, *, now: datetime) -> ImportBatch:
    """Take back what an import wrote, all of it or nothing; every entry stays, with one that takes it back.

    Raises FileRefused with everything that was built on it since, RuleError for one that was not written.
    """
    with transaction.atomic():
        batch = locked(asked)
        if batch.state != ImportState.APPLIED or batch.negotiation is None:
            raise RuleError(_("Only what was written can be taken back, and only once."), code="not_applied")
        if batch.kind == ImportKind.RECORD:
            raise RuleError(
                _("A negotiation that was brought in whole stays; end it as its lead."), code="not_undoable"
            )
        with together(batch.negotiation):
            told = Entry.objects.filter(negotiation=batch.negotiation, request_id=batch.request_id)
            entries = list(told.select_related("payload", "negotiation").order_by("-seq"))
            viewer = viewer_for(batch.user)
            if problems := prevented(entries, viewer):
                raise FileRefused(problems)
            act = Act(
                actor=batch.user,
                reason=_("The import that wrote it was taken back."),
                no_source_reason=_("It rests on the file that was taken back."),
                request_id=batch.request_id,
            )
            # What rests on a source goes before the source: the newest entry first.
            for entry in entries:
                # As of when it was told: it never should have been, and nothing happened today.
                take_back(entry, replace(act, effective_at=entry.effective_at))
            batch.state, batch.undone_at = ImportState.UNDONE, now
            batch.save()
            # Only now nothing of the import shows any more how far the negotiation was followed.
            for entry in entries:
                if entry.verb == "negotiation.coverage_moved":
                    put_coverage_back(entry, act=act)
        return batch


def take_back(entry: Entry, act: Act) -> None:
    """Withdraw what the entry made, or undo what it changed."""
    if entry.verb in MADE:
        item = KINDS[entry.subject_type]._default_manager.get(public_id=entry.subject_id)
        WITHDRAWN[type(item)](item, act)
    elif entry.subject_type in KINDS and entry.verb.endswith(".edited"):
        undo(entry, act=act)


WITHDRAWN: dict[type[MarkedItem], Callable[[Any, Act], Any]] = {
    Claim: lambda item, act: withdraw_claim(item, act=act, version=item.version),
    Condition: lambda item, act: change_condition_status(
        item, act=act, version=item.version, status=ConditionStatus.SUPERSEDED
    ),
    Incident: lambda item, act: change_incident_status(
        item, act=act, version=item.version, status=IncidentStatus.WITHDRAWN
    ),
    Source: lambda item, act: retract_source(item, act=act, version=item.version),
    Position: lambda item, act: withdraw_position(item, act=act, version=item.version),
}


def may_undo(batch: ImportBatch, user: User) -> bool:
    """Whether the page offers it: an import that was written, to whoever brought it."""
    return batch.state == ImportState.APPLIED and batch.user_id == user.pk and batch.kind != ImportKind.RECORD
