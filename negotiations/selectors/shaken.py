"""Which statuses rest on a source that was taken back: computed at each reading, never stored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Q

from negotiations.history.both_clocks import known_by, known_citations, standing_by
from negotiations.models import Citation, Entry, Source

from .scene import Scene

# The kinds whose status is an assessment that rests on what is cited for it.
ASSESSED = ("condition", "phase", "dispute")


def load_shaken(scenes: Sequence[Scene]) -> None:
    """Note in each scene which statuses rest on retracted sources, by public id, with the refs of those.

    One query where nothing was taken back, three otherwise, however many scenes. All are read by one viewer.
    """
    for scene in scenes:
        scene.shaken = {}
    sources = _retracted(scenes)
    if not sources:
        return
    viewer, known_at = scenes[0].viewer, scenes[0].moment.known_at
    cited = Citation.objects.visible_to(viewer).filter(source__in=sources, entry__subject_type__in=ASSESSED)
    by_entry: defaultdict[int, set[str]] = defaultdict(set)
    for entry, source in known_citations(cited, known_at).values_list("entry", "source"):
        by_entry[entry].add(sources[source])
    by_scene = {scene.negotiation.pk: scene for scene in scenes}
    for entry, negotiation, subject in _settling(scenes, set(by_entry)):
        by_scene[negotiation].shaken_by[subject] = tuple(sorted(by_entry[entry]))


def shaken_of(scene: Scene) -> dict[UUID, tuple[str, ...]]:
    """What `load_shaken` noted, loaded if need be."""
    if scene.shaken is None:
        load_shaken([scene])
    return scene.shaken_by


def _retracted(scenes: Sequence[Scene]) -> dict[int, str]:
    """The refs of the sources taken back by the moment of their scene, by id, as far as the reader may see them.

    At the latest moment those are all: that one was taken back is known now, also after the end of coverage.
    """
    if not scenes:
        return {}
    rows = Source.objects.visible_to(scenes[0].viewer).filter(negotiation__in=[one.negotiation.pk for one in scenes])
    told = scenes[0].told
    if told is None:
        return dict(rows.filter(retracted_at__isnull=False).values_list("pk", "ref"))
    # Of the past, a scene stands alone.
    then = [key for key, values in told.items() if values.get("retracted_at")]
    return dict(rows.filter(public_id__in=then).values_list("pk", "ref")) if then else {}


def _settling(scenes: Sequence[Scene], wanted: set[int]) -> list[tuple[int, int, UUID]]:
    """Of the entries, those that set the status that holds at the moment of their scene."""
    moments = [Q(negotiation=scene.negotiation.pk, effective_at__lte=scene.at) for scene in scenes]
    known_at = scenes[0].moment.known_at
    subjects = Entry.objects.filter(pk__in=wanted).values("subject_id")
    entries = Entry.objects.visible_to(scenes[0].viewer).filter(reduce(or_, moments), subject_id__in=subjects)
    entries = standing_by(known_by(entries, known_at), known_at).filter(payload__changes__has_key="status")
    latest = entries.order_by("subject_id", "-effective_at", "-seq").distinct("subject_id")
    rows = latest.values_list("pk", "negotiation", "subject_id")
    return [(pk, negotiation, subject) for pk, negotiation, subject in rows if pk in wanted and negotiation]
