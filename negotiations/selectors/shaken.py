"""Which statuses rest on a source that was taken back: computed at each reading, never stored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from uuid import UUID

from negotiations.history.as_of import States
from negotiations.history.both_clocks import known_citations_in
from negotiations.history.held_states import held_over
from negotiations.history.moment import Moment
from negotiations.history.states import as_told
from negotiations.models import Citation, Entry, Source
from negotiations.rules.basis import bearing
from negotiations.rules.marking import Viewer, narrowest

from .scene import Scene, Shaken
from .scenes import all_told

# The kinds with a status, which rests on what is cited for it.
WITH_STATUS = ("condition", "dispute", "incident", "negotiation", "phase")
# What the fold needs of an entry to tell whose status it is.
TOLD = ("seq", "effective_at", "recorded_at", "payload__changes__status", "supersedes__seq", "verb")
# By the key of a source its ref and marking; by the key of an entry the keys of sources cited under it.
Sources = Mapping[int, tuple[str, str]]
Cited = Mapping[int, set[int]]


def shaken_statuses(viewer: Viewer, moments: Mapping[int, Moment], told: States | None = None) -> dict[int, Shaken]:
    """By negotiation, whose status rests on retracted sources at its moment, as far as the viewer may see those.

    One query where nothing was taken back, three otherwise, however many negotiations; the same again
    where some are told of at a past moment and others at their latest. `told` holds what was so then,
    where that was read already.
    """
    alike: defaultdict[bool, dict[int, Moment]] = defaultdict(dict)
    for negotiation, moment in moments.items():
        alike[moment.is_past][negotiation] = moment
    found = {negotiation: Shaken() for negotiation in moments}
    for those in alike.values():
        found |= _shaken(viewer, those, told)
    return found


def load_shaken(scenes: Sequence[Scene]) -> None:
    """Note in scenes of one viewer which statuses rest on retracted sources."""
    if not scenes:
        return
    moments = {scene.negotiation.pk: scene.moment for scene in scenes}
    told = all_told(scenes) if any(scene.moment.is_past for scene in scenes) else None
    found = shaken_statuses(scenes[0].viewer, moments, told)
    for scene in scenes:
        scene.shaken = found[scene.negotiation.pk]


def shaken_of(scene: Scene) -> Mapping[UUID, tuple[str, ...]]:
    """The refs that `load_shaken` noted, by public id, loaded if need be."""
    if scene.shaken is None:
        load_shaken([scene])
    return scene.shaken.refs if scene.shaken else {}


def _shaken(viewer: Viewer, moments: Mapping[int, Moment], told: States | None) -> dict[int, Shaken]:
    sources = _retracted(viewer, moments, told)
    if not sources:
        return {}
    cited = Citation.objects.visible_to(viewer).filter(source__in=sources, entry__subject_type__in=WITH_STATUS)
    by_entry: defaultdict[int, set[int]] = defaultdict(set)
    for entry, source in known_citations_in(cited, moments).values_list("entry", "source"):
        by_entry[entry].add(source)
    refs: defaultdict[int, dict[UUID, tuple[str, ...]]] = defaultdict(dict)
    markings: defaultdict[int, dict[UUID, str]] = defaultdict(dict)
    for negotiation, subject, keys in _resting(moments, by_entry):
        refs[negotiation][subject] = tuple(sorted(sources[key][0] for key in keys))
        markings[negotiation][subject] = narrowest(sources[key][1] for key in keys)
    return {negotiation: Shaken(named, markings[negotiation]) for negotiation, named in refs.items()}


def _retracted(viewer: Viewer, moments: Mapping[int, Moment], told: States | None) -> Sources:
    """The sources taken back by the moment of their negotiation, as far as the reader may see them.

    At the latest moment those are all: that one was taken back is known now, also after the end of coverage.
    """
    rows = Source.objects.visible_to(viewer).filter(negotiation__in=moments)
    if not any(moment.is_past for moment in moments.values()):
        rows = rows.filter(retracted_at__isnull=False)
    elif told is not None:
        then = [key for key, values in told.items() if values.get("retracted_at")]
        rows = rows.filter(public_id__in=then) if then else rows.none()
    else:
        states = held_over(moments, "source").filter(values__has_key="retracted_at")
        taken = states.exclude(values__retracted_at=None).values("subject_id")
        rows = rows.filter(public_id__in=taken)
    return {key: (ref, marking) for key, ref, marking in rows.values_list("pk", "ref", "marking")}


def _resting(moments: Mapping[int, Moment], cited: Cited) -> Iterator[tuple[int, UUID, set[int]]]:
    """The negotiation and the public id of each subject whose status rests on any of what is cited, with that.

    What a status rests on follows from all entries of its subject, as its state does; what of them is
    told came through `visible_to` with the citations.
    """
    subjects = Entry.objects.filter(pk__in=cited).values("subject_id")
    entries = Entry.objects.filter(subject_id__in=subjects, negotiation__in=moments, subject_version__isnull=False)
    rows = entries.order_by("subject_id", "seq").values_list("subject_id", "negotiation", "pk", *TOLD)
    for (subject, negotiation), own in groupby(rows, key=lambda row: (row[0], row[1])):
        found = list(own)
        moment = moments[negotiation]
        numbers = bearing(
            as_told(_of_status(row[3:]) for row in found),
            {seq: verb for *_others, seq, _at, _known, _status, _supersedes, verb in found},
            as_of=moment.at if moment.is_past else None,
            known_at=moment.known_at,
        )
        keys = {source for row in found if row[3] in numbers for source in cited.get(row[2], ())}
        if keys:
            yield negotiation, subject, keys


def _of_status(row: Iterable[object]) -> tuple[object, ...]:
    """A row of `TOLD` with what it says of the status as changes."""
    seq, effective_at, recorded_at, status, supersedes, verb = row
    return seq, effective_at, recorded_at, {"status": status} if status else {}, supersedes, verb
