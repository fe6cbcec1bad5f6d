"""Which entries a subscription is about: what it watches, which verbs, which view; rights are asked elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import parse_qsl
from uuid import UUID

from django.apps import apps
from django.db.models import Q, QuerySet

from negotiations.models import Citation, Entry, Note, SavedView, Subscription, Tracked
from negotiations.rules.alerts import reaches, urgency_of
from negotiations.rules.codes import ViewPage

RETRACTED = "source.retracted"
# Of citations: under what nobody corrected, which is told of the item itself.
STANDING = {"entry__superseded_by": None, "entry__subject_version__isnull": False}
# What is about a watched item besides its own entries: kind, and the ways from it to what it is about.
TIES: dict[str, tuple[str, ...]] = {
    "condition": ("phase", "gates__phase"),
    "gate": ("phase", "condition"),
    "link": ("condition", "other"),
    "claim": ("conditions",),
    "proposedfinding": ("condition",),
    "incident": ("conditions",),
    "dispute": ("conditions", "phase", "gate__phase", "gate__condition"),
    "position": ("dispute", "condition", "proposal__dispute"),
    "proposal": ("dispute",),
    "proposalversion": ("proposal__dispute",),
    "response": ("proposal_version__proposal__dispute",),
    "message": ("dispute",),
    "assessment": ("phase",),
    "window": ("phase",),
}
# The kinds of items that a list shows; one without kinds shows all of them.
SHOWN: dict[str, tuple[str, ...]] = {
    ViewPage.CONDITIONS: ("condition",),
    ViewPage.DISPUTES: ("dispute",),
    ViewPage.POSITIONS: ("position",),
    ViewPage.MESSAGES: ("message",),
    ViewPage.INCIDENTS: ("incident",),
    ViewPage.SOURCES: ("source",),
    ViewPage.CALENDAR: ("condition", "phase", "window"),
}

# How the controls of a list stand in the rows it lists. What only a page computes (overdue, held, stale) narrows
# a list but not what is told of it.
COLUMNS: dict[str, dict[str, str]] = {
    ViewPage.CONDITIONS: {
        "status": "status", "category": "category", "phase": "phase__number", "owner": "owner__username",
        "obligor": "obligors__actor__short__iexact",
    },
    ViewPage.DISPUTES: {
        "status": "status", "category": "category", "type": "type", "rung": "rung", "condition": "conditions__ref",
    },
    ViewPage.POSITIONS: {"stance": "stance", "channel": "channel"},
    ViewPage.MESSAGES: {
        "carrier": "carrier__short__iexact", "sender": "sender__short__iexact",
        "recipient": "recipient__short__iexact", "dispute": "dispute__ref", "meeting": "meeting__ref",
    },
    ViewPage.INCIDENTS: {
        "status": "status", "type": "type", "severity": "severity", "alleged_by": "alleged_by__short__iexact",
        "responsible": "alleged_responsible__short__iexact",
    },
    ViewPage.SOURCES: {"kind": "kind", "publisher": "publisher", "language": "language", "marking": "marking"},
}  # fmt: skip
# The list of changes narrows entries themselves.
OF_ENTRIES = {"noun": "subject_type", "verb": "verb", "person": "actor__public_id"}


def wanted_entries(subscription: Subscription, entries: QuerySet[Entry]) -> QuerySet[Entry]:
    """The entries that a subscription is about, as things are tied now; neither rights nor urgency are asked.

    Entries of the registry belong to no negotiation and are nobody's news.
    """
    found = entries.filter(negotiation__isnull=False)
    if subscription.negotiation_id is not None:
        found = found.filter(negotiation=subscription.negotiation_id)
    if subscription.subject_id is not None:
        found = found.filter(about(subscription.subject_id))
    if subscription.verbs:
        found = found.filter(verb__in=subscription.verbs)
    if subscription.view is not None:
        found = found.filter(in_view(subscription.view))
    return found


def is_wanted(subscription: Subscription, entry: Entry) -> bool:
    """Whether a subscription asks for this entry, urgency included; rights are not asked."""
    payload = getattr(entry, "payload", None)
    if not reaches(urgency_of(entry.verb, payload.changes if payload else {}), subscription.least_urgency):
        return False
    if subscription.verbs and entry.verb not in subscription.verbs:
        return False
    return wanted_entries(subscription, Entry.objects.filter(pk=entry.pk)).exists()


def about(subject: UUID) -> Q:
    """Entries about an item or about what is tied to it, and retractions of sources that entries about it cite."""
    cited = Citation.objects.filter(entry__subject_id=subject, **STANDING).values("source__public_id")
    found = Q(subject_id=subject) | Q(subject_type="note", subject_id__in=_ids(Note, Q(subject_id=subject)))
    found |= Q(verb=RETRACTED, subject_id__in=cited)
    for noun, paths in TIES.items():
        tied = Q(pk__in=[])
        for path in paths:
            tied |= Q(**{f"{path}__public_id": subject})
        found |= Q(subject_type=noun, subject_id__in=_ids(_kind(noun), tied))
    return found


def watched_by(entry: Entry) -> set[UUID]:
    """The items whose watchers an entry concerns: `about`, asked from the other end."""
    return {entry.subject_id, *_tied_to(entry)}


def _tied_to(entry: Entry) -> Iterator[UUID]:
    if entry.verb == RETRACTED:
        citing = Citation.objects.filter(source__public_id=entry.subject_id, **STANDING)
        yield from citing.values_list("entry__subject_id", flat=True).distinct()
    if entry.subject_type == "note":
        yield from Note.objects.filter(public_id=entry.subject_id).values_list("subject_id", flat=True)
    for path in TIES.get(entry.subject_type, ()):
        rows = _kind(entry.subject_type)._default_manager.filter(public_id=entry.subject_id)
        yield from (key for key in rows.values_list(f"{path}__public_id", flat=True) if key is not None)


def in_view(view: SavedView) -> Q:
    """Entries about what a view shows now, and those by which something came into it or left it."""
    found = Q(subject_type__in=kinds) if (kinds := SHOWN.get(view.page)) else Q()
    if view.negotiation_id is not None:
        found &= Q(negotiation=view.negotiation_id)
    asked = dict(parse_qsl(view.query))
    for name, value in asked.items():
        if view.page == ViewPage.CHANGES and name in OF_ENTRIES:
            found &= Q(**{OF_ENTRIES[name]: value}) if name != "person" or _is_key(value) else Q(pk__in=[])
        elif view.page == ViewPage.DASHBOARD and name == "status":
            found &= Q(negotiation__status=value)
        elif (column := COLUMNS.get(view.page, {}).get(name)) is not None:
            found &= _narrowed(SHOWN[view.page], name, column, value)
    return found


def _narrowed(kinds: Iterable[str], name: str, column: str, value: str) -> Q:
    if column.endswith("number") and not value.isdecimal():
        return Q(pk__in=[])
    moved = Q(**{f"payload__changes__{name}__0": value}) | Q(**{f"payload__changes__{name}__1": value})
    found = moved if name == column else Q(pk__in=[])
    for noun in kinds:
        found |= Q(subject_type=noun, subject_id__in=_ids(_kind(noun), Q(**{column: value})))
    return found


def _is_key(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _ids(kind: type[Tracked], which: Q) -> QuerySet[Any, Any]:
    return kind._default_manager.filter(which).values("public_id")


def _kind(noun: str) -> type[Tracked]:
    kind: type[Tracked] = apps.get_model("negotiations", noun)
    return kind
