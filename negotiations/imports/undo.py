"""Taking an import back: what it made is withdrawn, what it changed is undone, while nothing builds on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import CharField, F, Value
from django.utils.translation import gettext as _

from negotiations.access.viewer import viewer_for
from negotiations.models import (
    Citation,
    Claim,
    Condition,
    Dispute,
    Entry,
    Gate,
    ImportBatch,
    Incident,
    Link,
    MarkedItem,
    Note,
    Position,
    Source,
    User,
)
from negotiations.rules.codes import ConditionStatus, ImportKind, ImportState, IncidentStatus
from negotiations.rules.errors import RuleError
from negotiations.rules.marking import Viewer
from negotiations.services.act import Act
from negotiations.services.claim import withdraw_claim
from negotiations.services.condition import change_condition_status
from negotiations.services.correction import undo
from negotiations.services.incident import change_incident_status
from negotiations.services.position import withdraw_position
from negotiations.services.source import retract_source
from negotiations.services.together import together

from .batches import locked
from .problems import FileRefused, Problem

MADE = ("claim.made", "condition.added", "position.stated", "incident.reported", "source.added")
KINDS: dict[str, type[MarkedItem]] = {one.noun(): one for one in (Claim, Condition, Position, Incident, Source)}


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


def prevented(entries: list[Entry], viewer: Viewer) -> list[Problem]:
    """What keeps entries from being taken back, as far as their person may see it: later changes, and ties.

    What they may not see prevents nothing: a withdrawal takes nothing away from what rests on it.
    """
    own = {entry.pk for entry in entries}
    subjects = {entry.subject_id: entry for entry in entries if entry.subject_type in KINDS}
    names = named(subjects.values())
    later = Entry.objects.visible_to(viewer).filter(subject_id__in=subjects, subject_version__isnull=False)
    later = later.exclude(pk__in=own).exclude(verb="source.cited")
    first = {key: max(entry.seq for entry in entries if entry.subject_id == key) for key in subjects}
    changed = {one.subject_id for one in later if one.seq > first[one.subject_id]}
    advice = _("Take that back first, or correct the entries one by one.")
    told = [Problem(0, names[key], _("%(ref)s was changed since.") % {"ref": names[key]}, advice) for key in changed]
    for key, on in ties(subjects, own, viewer):
        wrong = _("%(other)s builds on %(ref)s.") % {"other": on, "ref": names[key]}
        told.append(Problem(0, names[key], wrong, advice))
    return sorted(told, key=lambda one: (one.column, one.wrong))


def named(entries: Any) -> dict[Any, str]:
    """The refs of what entries are about."""
    found: dict[Any, str] = {}
    for kind in KINDS.values():
        keys = [entry.subject_id for entry in entries if entry.subject_type == kind.noun()]
        found |= dict(kind._default_manager.filter(public_id__in=keys).values_list("public_id", "ref"))
    return found


def ties(subjects: dict[Any, Entry], own: set[int], viewer: Viewer) -> list[tuple[Any, str]]:
    """What else names the subjects: pairs of a subject's id and what names it, seen by the viewer."""
    found: list[tuple[Any, str]] = []
    made = [key for key, entry in subjects.items() if entry.verb in MADE]
    without_ref: dict[type[MarkedItem], str] = {Gate: _("A gate"), Link: _("A link")}
    cited = Citation.objects.visible_to(viewer).filter(source__public_id__in=made).exclude(told_by__in=own)
    found += [(key, _("An entry")) for key in cited.values_list("source__public_id", flat=True).distinct()]
    for kind, path in (
        (Gate, "condition"), (Link, "condition"), (Link, "other"), (Dispute, "conditions"), (Claim, "conditions"),
        (Incident, "conditions"), (Position, "condition"),
    ):  # fmt: skip
        rows = kind._default_manager.visible_to(viewer).filter(**{f"{path}__public_id__in": made})
        rows = rows.exclude(public_id__in=made)
        name = F("ref") if kind.REF_PREFIX else Value(without_ref[kind], output_field=CharField())
        found += rows.annotate(called=name).values_list(f"{path}__public_id", "called").distinct()
    notes = Note.objects.visible_to(viewer).filter(subject_id__in=made).values_list("subject_id", flat=True)
    return found + [(key, _("A note")) for key in notes.distinct()]


def may_undo(batch: ImportBatch, user: User) -> bool:
    """Whether the page offers it: an import that was written, to whoever brought it."""
    return batch.state == ImportState.APPLIED and batch.user_id == user.pk and batch.kind != ImportKind.RECORD
