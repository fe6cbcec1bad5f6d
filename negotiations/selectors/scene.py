"""The visible parts of negotiations at one moment: loaded together, in as many queries as there are kinds."""

from __future__ import annotations

import copy
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model

from negotiations.history.as_of import States, related_then, rewind, words_then
from negotiations.history.moment import Moment
from negotiations.history.states import states_at
from negotiations.models import (
    Actor,
    Assessment,
    Clause,
    Condition,
    Dispute,
    Gate,
    Incident,
    Instrument,
    Link,
    MarkedItem,
    Meeting,
    Negotiation,
    Party,
    Phase,
    Position,
    ThirdParty,
    Window,
)
from negotiations.rules.marking import Viewer, narrowest

Row = TypeVar("Row", bound=MarkedItem)
Ids = Mapping[int, tuple[int, ...]]

# Structure and the statements every page needs; heavier kinds are loaded by the pages that show them.
KINDS: tuple[type[MarkedItem], ...] = (
    Party,
    ThirdParty,
    Phase,
    Condition,
    Gate,
    Link,
    Dispute,
    Position,
    Window,
    Assessment,
)
# Relations of these kinds that pages read, with the rows that hold them.
RELATIONS: dict[tuple[Any, str], tuple[str, str]] = {
    (Condition, "obligors"): ("condition_id", "party_id"),
    (Gate, "asserted_by"): ("gate_id", "actor_id"),
    (Dispute, "conditions"): ("dispute_id", "condition_id"),
    (Incident, "conditions"): ("incident_id", "condition_id"),
    (Instrument, "signatories"): ("instrument_id", "actor_id"),
    (Meeting, "participants"): ("meeting_id", "actor_id"),
}
ACTORS = (
    "actor_id",
    "alleged_by_id",
    "alleged_responsible_id",
    "carrier_id",
    "claimant_id",
    "declared_by_id",
    "found_by_id",
    "recipient_id",
    "sender_id",
    "tabled_by_id",
    "verified_by_actor_id",
)


@dataclass(frozen=True, slots=True)
class Shaken:
    """Whose status rests on retracted sources, by public id: the refs of those, and the narrowest marking of them."""

    refs: Mapping[UUID, tuple[str, ...]] = field(default_factory=dict)
    markings: Mapping[UUID, str] = field(default_factory=dict)

    def markings_of(self, key: UUID | None) -> Iterable[str]:
        """How the sources are marked that the status of this one rests on; without its id it may be any of them."""
        found = self.markings.get(key) if key else None
        return [found] if found else self.markings.values()


@dataclass(slots=True)
class Scene:
    """What one reader may see of one negotiation at one moment; rows are read-only."""

    negotiation: Negotiation
    viewer: Viewer
    moment: Moment
    told: Mapping[UUID, Mapping[str, Any]] | None = None
    rows: dict[type[MarkedItem], list[Any]] = field(default_factory=dict)
    related: dict[tuple[type[MarkedItem], str], Ids] = field(default_factory=dict)
    actors: dict[int, Actor] = field(default_factory=dict)
    # Clauses are loaded by the pages that quote them, but what names one must find it in the past too.
    clauses: dict[str, int] = field(default_factory=dict)
    # None until somebody asked.
    shaken: Shaken | None = None
    # The markings of what is named beside the rows.
    named: set[str] = field(default_factory=set)

    @property
    def at(self) -> datetime:
        return self.moment.at

    def all(self, kind: type[Row]) -> list[Row]:
        return self.rows.get(kind, [])

    def by_id(self, kind: type[Row]) -> dict[int, Row]:
        return {row.pk: row for row in self.all(kind)}

    def of(self, kind: type[MarkedItem], relation: str, pk: int) -> tuple[int, ...]:
        """Ids of the rows that one row is related to, among those the reader may see."""
        return self.related.get((kind, relation), {}).get(pk, ())


def highest_in(scene: Scene, *more: str) -> str:
    """The highest marking of everything that was loaded, and of what else was shown of the negotiation."""
    rows = (row.marking for rows in scene.rows.values() for row in rows)
    shaken = scene.shaken.markings.values() if scene.shaken else ()
    return narrowest([scene.negotiation.marking, *rows, *shaken, *scene.named, *more])


def scene_of(negotiation: Negotiation, *, viewer: Viewer, moment: Moment) -> Scene:
    """Load one negotiation, from the state versions where an earlier moment is asked about."""
    told = states_at(negotiation.pk, as_of=moment.as_of, known_at=moment.known_at) if moment.as_of else None
    scene = Scene(negotiation, viewer, moment, told)
    go_back([scene])
    load_kinds([scene], KINDS)
    return scene


def rows_now(negotiation: Negotiation, *, viewer: Viewer, moment: Moment, kinds: Iterable[type[MarkedItem]]) -> Scene:
    """Some kinds of one negotiation as they stand now, without their relations, for `scene_then` to start from."""
    scene = Scene(negotiation, viewer, moment)
    _load_rows([scene], kinds)
    return scene


def scene_then(now: Scene, moment: Moment, told: States, *, kinds: Iterable[type[MarkedItem]]) -> Scene:
    """Rows of the present as they were at another moment with these states, as copies: nothing is read again.

    Clauses are as if they were not there.
    """
    rows = {kind: [copy.copy(row) for row in now.rows[kind]] for kind in kinds}
    scene = Scene(now.negotiation, now.viewer, moment, told, rows, actors=now.actors)
    _put_back(scene)
    _rewind(scene, kinds)
    _relate([scene], kinds)
    return scene


def go_back(scenes: Sequence[Scene]) -> None:
    """Put the negotiations of the past back, and note the clauses that may be named there: one query."""
    past = {scene.negotiation.pk: scene for scene in scenes if scene.told is not None}
    if not past:
        return
    for scene in past.values():
        _put_back(scene)
    clauses = Clause.objects.visible_to(scenes[0].viewer).filter(negotiation__in=past)
    for pk, key, clause in clauses.values_list("negotiation", "public_id", "pk"):
        past[pk].clauses[str(key)] = clause


def _put_back(scene: Scene) -> None:
    """The negotiation itself as it was, under its own name."""
    negotiation = scene.negotiation
    scene.negotiation = copy.copy(negotiation)
    words_then(scene.negotiation, scene.told or {})
    # Addresses are today's.
    scene.negotiation.slug = negotiation.slug


def also(scene: Scene, kind: type[MarkedItem], **lookup: Any) -> None:
    """Load one more kind into the scene, for the page that shows it; `lookup` narrows it."""
    load_kinds([scene], (kind,), lookup)


def also_about(scene: Scene, kind: type[MarkedItem], conditions: Iterable[Condition], **lookup: Any) -> None:
    """Load the rows of a kind that are about any of the conditions, now or as was said by the moment asked about.

    `lookup` narrows what is read of the present.
    """
    wanted = {str(row.public_id): row.pk for row in conditions}
    if scene.told is None:
        relation: Any = kind._meta.get_field("conditions")  # type: ignore[misc]  # of claims, incidents, disputes
        through = relation.remote_field.through
        about = through.objects.filter(condition__in=wanted.values()).values(kind.noun())
        also(scene, kind, pk__in=about, **lookup)
        return
    told = [key for key, values in scene.told.items() if wanted.keys() & set(values.get("conditions") or ())]
    also(scene, kind, public_id__in=told)


def load_kinds(scenes: list[Scene], kinds: Iterable[type[MarkedItem]], lookup: Mapping[str, Any] | None = None) -> None:
    """Load kinds into scenes of one viewer, with as many queries as into one; `lookup` narrows them."""
    if not scenes:
        return
    _load_rows(scenes, kinds, lookup)
    for scene in scenes:
        if scene.told is not None:
            _rewind(scene, kinds)
    _relate(scenes, kinds)


def _load_rows(scenes: list[Scene], kinds: Iterable[type[MarkedItem]], lookup: Mapping[str, Any] | None = None) -> None:
    by_id = {scene.negotiation.pk: scene for scene in scenes}
    viewer = scenes[0].viewer
    for kind in kinds:
        for scene in scenes:
            scene.rows[kind] = []
        for row in kind.objects.visible_to(viewer).filter(negotiation__in=by_id, **(lookup or {})).order_by("pk"):
            by_id[row.negotiation_id].rows[kind].append(row)
    _load_actors(scenes)


def _load_actors(scenes: list[Scene]) -> None:
    wanted = {
        getattr(row, column)
        for scene in scenes
        for rows in scene.rows.values()
        for row in rows
        for column in ACTORS
        if getattr(row, column, None) is not None
    }
    known = {pk: actor for scene in scenes for pk, actor in scene.actors.items()}
    if missing := wanted - known.keys():
        known |= {actor.pk: actor for actor in Actor.objects.filter(pk__in=missing)}
    for scene in scenes:
        scene.actors = known


def _rewind(scene: Scene, kinds: Iterable[type[MarkedItem]]) -> None:
    """Put every row back to what it was at the moment; what was not there yet goes."""
    assert scene.told is not None  # noqa: S101  callers rewind only where a moment was asked about
    keys = {str(row.public_id): row.pk for rows in scene.rows.values() for row in rows}
    keys |= {str(actor.public_id): actor.pk for actor in scene.actors.values()} | scene.clauses
    for kind in kinds:
        people = {row.pk: _accounts_of(row) for row in scene.rows[kind]}
        scene.rows[kind] = rewind(scene.rows[kind], scene.told, keys)
        for row in scene.rows[kind]:
            for column, value in people[row.pk].items():
                setattr(row, column, value)


def _accounts_of(row: MarkedItem) -> dict[str, int | None]:
    """Who owns or wrote a row: accounts and organisations are not part of the scene, so they stay."""
    return {name: getattr(row, name) for name in ("owner_id", "author_id", "organisation_id") if hasattr(row, name)}


def _relate(scenes: list[Scene], kinds: Iterable[type[MarkedItem]]) -> None:
    for (kind, name), (mine, other) in RELATIONS.items():
        if kind not in kinds:
            continue
        told = [scene for scene in scenes if scene.told is not None]
        for scene in told:
            scene.related[kind, name] = _told_relation(scene, kind, name)
        live = [scene for scene in scenes if scene.told is None]
        ids = [row.pk for scene in live for row in scene.rows[kind]]
        through: type[Model] = getattr(kind, name).through
        pairs: defaultdict[int, list[int]] = defaultdict(list)
        if ids:
            for one, many in through._default_manager.filter(**{f"{mine}__in": ids}).values_list(mine, other):
                pairs[one].append(many)
        for scene in live:
            scene.related[kind, name] = {pk: tuple(sorted(found)) for pk, found in pairs.items()}


def _told_relation(scene: Scene, kind: Any, name: str) -> Ids:
    told = scene.told or {}
    target = kind._meta.get_field(name).related_model
    pool: Iterable[Any] = scene.actors.values() if target is Actor else scene.rows.get(target, [])
    keys = {str(row.public_id): row.pk for row in pool}
    return {row.pk: related_then(told[row.public_id], name, keys) for row in scene.rows[kind]}
