"""What keeps an import from being taken back: what was changed since, and what builds on what it made."""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, F, Q, QuerySet, Value
from django.utils.translation import gettext as _

from negotiations.models import (
    Citation,
    Claim,
    Condition,
    Dispute,
    Entry,
    Gate,
    Incident,
    Link,
    MarkedItem,
    Note,
    Position,
    Source,
    Tracked,
)
from negotiations.rules.codes import ConditionStatus, DisputeStatus, IncidentStatus
from negotiations.rules.marking import Viewer
from negotiations.services.subject import kind_of

from .problems import Problem

MADE = ("claim.made", "condition.added", "position.stated", "incident.reported", "source.added")
KINDS: dict[str, type[MarkedItem]] = {one.noun(): one for one in (Claim, Condition, Position, Incident, Source)}

TAKEN_BACK_AT = ("withdrawn_at", "retracted_at")
TAKEN_BACK = (ConditionStatus.SUPERSEDED, DisputeStatus.WITHDRAWN, IncidentStatus.WITHDRAWN)


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
    # A change that was undone leaves what was made as it was made.
    made, gone = [key for key, entry in subjects.items() if entry.verb in MADE], undone()
    later = later.exclude(Q(subject_id__in=made), Q(pk__in=gone.values("pk")) | Q(pk__in=gone.values("supersedes")))
    changed = {one.subject_id for one in later if one.seq > first[one.subject_id]}
    advice = _("Take that back first, or correct the entries one by one.")
    told = [Problem(0, names[key], _("%(ref)s was changed since.") % {"ref": names[key]}, advice) for key in changed]
    for key, on in ties(made, own, viewer):
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


def undone() -> QuerySet[Entry]:
    """The entries that undo a change and stand themselves."""
    edits = {"supersedes__verb__endswith": ".edited"}
    return Entry.objects.filter(verb="entry.undone", superseded_by__isnull=True, **edits)


def standing(kind: type[Tracked]) -> Q:
    """Which rows of a kind were neither withdrawn nor retracted nor superseded."""
    columns = {one.name for one in kind._meta.concrete_fields}
    found = Q(**{f"{name}__isnull": True for name in TAKEN_BACK_AT if name in columns})
    return found & ~Q(status__in=TAKEN_BACK) if "status" in columns else found


def ties(made: list[Any], own: set[int], viewer: Viewer) -> list[tuple[Any, str]]:
    """What else names the items made and stands: pairs of an item's id and what names it, seen by the viewer."""
    without_ref: dict[type[MarkedItem], str] = {Gate: _("A gate"), Link: _("A link")}
    found: list[tuple[Any, str]] = [(key, _("An entry")) for key in cited(made, own, viewer)]
    for kind, path in (
        (Gate, "condition"), (Link, "condition"), (Link, "other"), (Dispute, "conditions"), (Claim, "conditions"),
        (Incident, "conditions"), (Position, "condition"),
    ):  # fmt: skip
        rows = kind._default_manager.visible_to(viewer).filter(standing(kind), **{f"{path}__public_id__in": made})
        rows = rows.exclude(public_id__in=made)
        name = F("ref") if kind.REF_PREFIX else Value(without_ref[kind], output_field=CharField())
        found += rows.annotate(called=name).values_list(f"{path}__public_id", "called").distinct()
    notes = Note.objects.visible_to(viewer).filter(subject_id__in=made).values_list("subject_id", flat=True)
    return found + [(key, _("A note")) for key in notes.distinct()]


def cited(made: list[Any], own: set[int], viewer: Viewer) -> set[Any]:
    """Which of the sources made bear out an entry that was not undone, about something that stands."""
    cites = Citation.objects.visible_to(viewer).filter(source__public_id__in=made).exclude(told_by__in=own)
    cites = cites.exclude(entry__in=undone().values("supersedes"))
    told = list(cites.values_list("source__public_id", "entry__subject_type", "entry__subject_id").distinct())
    stands: set[Any] = set()
    for noun in {noun for _source, noun, _subject in told}:
        kind, subjects = kind_of(noun), [subject for _source, one, subject in told if one == noun]
        rows = kind._default_manager.filter(standing(kind), public_id__in=subjects)
        stands |= set(rows.values_list("public_id", flat=True))
    return {source for source, _noun, subject in told if subject in stands}
