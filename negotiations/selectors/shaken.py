"""Which statuses rest on a source that was taken back: computed at each reading, never stored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Exists, Q, QuerySet

from negotiations.history.as_of import States
from negotiations.history.both_clocks import known_by, known_citations, standing_by
from negotiations.history.held_states import as_disclosed, later_disclosures
from negotiations.history.moment import Moment
from negotiations.models import Citation, Entry, Source, StateVersion
from negotiations.rules.marking import Viewer

from .scene import Scene

Shaken = dict[UUID, tuple[str, ...]]

# The kinds with a status, which rests on what is cited for it.
WITH_STATUS = ("condition", "dispute", "incident", "negotiation", "phase")


def shaken_statuses(viewer: Viewer, moments: Mapping[int, Moment], told: States | None = None) -> dict[int, Shaken]:
    """By negotiation, whose status rests on retracted sources at its moment: by public id, the refs of those.

    One query where nothing was taken back, three otherwise, however many negotiations; of the past as
    often as days that were asked about end at different moments, at most once for each time zone there
    is. `told` holds what was so then, where that was read already.
    """
    alike: defaultdict[datetime | None, dict[int, Moment]] = defaultdict(dict)
    for negotiation, moment in moments.items():
        alike[moment.known_at][negotiation] = moment
    found: dict[int, Shaken] = {}
    for known_at, those in alike.items():
        found |= _shaken(viewer, those, known_at, told)
    return found


def load_shaken(scenes: Sequence[Scene]) -> None:
    """Note in scenes of one viewer which statuses rest on retracted sources; of the past, a scene stands alone."""
    if not scenes:
        return
    moments = {scene.negotiation.pk: scene.moment for scene in scenes}
    found = shaken_statuses(scenes[0].viewer, moments, scenes[0].told)
    for scene in scenes:
        scene.shaken = found.get(scene.negotiation.pk, {})


def shaken_of(scene: Scene) -> Shaken:
    """What `load_shaken` noted, loaded if need be."""
    if scene.shaken is None:
        load_shaken([scene])
    return scene.shaken_by


def _shaken(
    viewer: Viewer, moments: Mapping[int, Moment], known_at: datetime | None, told: States | None
) -> dict[int, Shaken]:
    sources = _retracted(viewer, moments, known_at, told)
    if not sources:
        return {}
    cited = Citation.objects.visible_to(viewer).filter(source__in=sources, entry__subject_type__in=WITH_STATUS)
    by_entry: defaultdict[int, set[str]] = defaultdict(set)
    for entry, source in known_citations(cited, known_at).values_list("entry", "source"):
        by_entry[entry].add(sources[source])
    found: defaultdict[int, Shaken] = defaultdict(dict)
    for entry, negotiation, subject in _settling(viewer, moments, known_at, set(by_entry)):
        found[negotiation][subject] = tuple(sorted(by_entry[entry]))
    return found


def _retracted(
    viewer: Viewer, moments: Mapping[int, Moment], known_at: datetime | None, told: States | None
) -> dict[int, str]:
    """The refs of the sources taken back by the moment of their negotiation, by id, as far as the reader may see them.

    At the latest moment those are all: that one was taken back is known now, also after the end of coverage.
    """
    rows = Source.objects.visible_to(viewer).filter(negotiation__in=moments)
    if not any(moment.is_past for moment in moments.values()):
        return dict(rows.filter(retracted_at__isnull=False).values_list("pk", "ref"))
    if told is None:
        return dict(rows.filter(public_id__in=_retracted_then(moments, known_at)).values_list("pk", "ref"))
    then = [key for key, values in told.items() if values.get("retracted_at")]
    return dict(rows.filter(public_id__in=then).values_list("pk", "ref")) if then else {}


def _retracted_then(moments: Mapping[int, Moment], known_at: datetime | None) -> QuerySet[StateVersion, UUID]:
    """Public ids of the sources that were taken back then, as far as today's readers may know of it."""
    by_then = (Q(negotiation=pk, effective__contains=moment.at) for pk, moment in moments.items())
    states = StateVersion.objects.filter(
        reduce(or_, by_then), subject_type="source", values__retracted_at__isnull=False
    )
    known = Q(known__contains=known_at) if known_at else Q(known__upper_inf=True)
    told = as_disclosed(states.filter(known)).exclude(Exists(later_disclosures(known_at)))
    return told.exclude(values__retracted_at=None).values_list("subject_id", flat=True)


def _settling(
    viewer: Viewer, moments: Mapping[int, Moment], known_at: datetime | None, wanted: set[int]
) -> list[tuple[int, int, UUID]]:
    """Of the entries, those that set the status that holds at the moment of their negotiation."""
    by_then = reduce(or_, (Q(negotiation=pk, effective_at__lte=moment.at) for pk, moment in moments.items()))
    subjects = Entry.objects.filter(pk__in=wanted).values("subject_id")
    entries = Entry.objects.visible_to(viewer).filter(by_then, subject_id__in=subjects)
    entries = standing_by(known_by(entries, known_at), known_at).filter(payload__changes__has_key="status")
    latest = entries.order_by("subject_id", "-effective_at", "-seq").distinct("subject_id")
    rows = latest.values_list("pk", "negotiation", "subject_id")
    return [(pk, negotiation, subject) for pk, negotiation, subject in rows if pk in wanted and negotiation]
