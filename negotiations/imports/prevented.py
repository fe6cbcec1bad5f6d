"""What keeps an import from being taken back: what was changed since, and what builds on what it made."""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, F, Value
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
)
from negotiations.rules.marking import Viewer

from .problems import Problem

MADE = ("claim.made", "condition.added", "position.stated", "incident.reported", "source.added")
KINDS: dict[str, type[MarkedItem]] = {one.noun(): one for one in (Claim, Condition, Position, Incident, Source)}


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
