"""What differs between two moments or clocks of a negotiation, with who told it, why and on what source."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.models import F, Func, Q, QuerySet, TextField

from negotiations.history.as_of import OF_TODAY, States, words_then
from negotiations.history.diff import Difference, How, differences
from negotiations.history.held_states import END_OF_TIME
from negotiations.history.moment import Moment
from negotiations.history.states import states_at
from negotiations.models import (
    Condition,
    Dispute,
    Entry,
    Gate,
    Link,
    MarkedItem,
    Negotiation,
    Party,
    Phase,
    StateVersion,
    ThirdParty,
    Tracked,
)
from negotiations.rules.facts import natural_key
from negotiations.rules.fields import nouns_in_words
from negotiations.rules.marking import Viewer

from .change_words import FieldChange, field_changes
from .entry_lines import (
    ABOUT,
    Change,
    EntryLine,
    entry_lines,
    kinds_by_noun,
    status_change,
    title_of,
    value_change,
    with_payload,
)
from .feed_lines import target_of
from .named_ends import NamedEnds
from .reckoning import reckon
from .scene import Scene, Shaken, rows_now, scene_then
from .verdict import in_question, verdict_box
from .words import Words

# The order of a reading from the process itself down to what it rests on.
ORDER = (
    "negotiation", "phase", "condition", "gate", "link", "dispute", "position", "claim", "proposal",
    "proposalversion", "response", "incident", "meeting", "message", "note", "assessment", "window", "instrument",
    "clause", "party", "thirdparty", "source",
)  # fmt: skip
# What a verdict speaks of.
SPOKEN_OF = (Party, ThirdParty, Phase, Condition, Gate, Link, Dispute)
# What has no name of its own is told by what it ties, whether it was there before or not.
TIES: Mapping[str, tuple[str, ...]] = {
    "gate": ("phase", "authority", "asserted_by"),
    "link": ("type", "other"),
}
# Entries told with one item; whoever wants more opens its history.
FEW = 5
KEYS = "ARRAY(SELECT jsonb_object_keys(%(expressions)s))"


@dataclass(frozen=True, slots=True)
class DiffLine:
    """One item that differs: how, in which fields, and the newest entries that made it so.

    `changes` are the told values, relations by id; what an item was set up with is in them, but not in
    the words of `fields`, unless it is a tie. `named` are the relations among them by name, `ends` how
    those are marked. `told` are the last entries that changed each field, though they are not the newest.
    """

    public_id: UUID
    noun: str
    ref: str
    title: Words
    how: How
    marking: str
    status: Change | None
    value: Change | None
    fields: tuple[FieldChange, ...]
    changes: Mapping[str, tuple[Any, Any]]
    named: Mapping[str, tuple[str, str]]
    ends: frozenset[str]
    entries: tuple[EntryLine, ...] = ()
    more: int = 0
    told: Mapping[str, EntryLine] = field(default_factory=dict)

    def told_by(self, name: str) -> EntryLine | None:
        """The last entry that changed the field, else the newest one about the item."""
        return self.told.get(name, self.entries[0] if self.entries else None)

    @property
    def markings(self) -> Iterator[str]:
        """Its own, and those of the ends, entries and sources that are told with it."""
        yield from (self.marking, *self.ends)
        for entry in (*self.entries, *self.told.values()):
            yield entry.marking
            yield from (source.marking for source in entry.sources)

    @property
    def place(self) -> int:
        """Where its kind stands in a reading."""
        return ORDER.index(self.noun)

    @property
    def noun_words(self) -> str:
        return nouns_in_words(self.noun)


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two readings: its moment, and the verdict of it."""

    moment: Moment
    verdict: str


@dataclass(frozen=True, slots=True)
class Diff:
    """Everything that differs, in reading order, without its entries; `nouns` are those there are.

    `rows` are the items that differ, as the reading they are in says of them.
    """

    before: Side
    after: Side
    lines: tuple[DiffLine, ...]
    nouns: tuple[tuple[str, str], ...]
    rows: Mapping[UUID, Tracked]


def diff(
    negotiation: Negotiation,
    *,
    viewer: Viewer,
    before: Moment,
    after: Moment,
    noun: str = "",
    scene: Scene | None = None,
) -> Diff:
    """What this reader may see that differs, of one kind or of all; a fixed number of queries for any length.

    Rights are those of now for both readings. What a `scene` of the present has read is not read again.
    """
    if scene is None or scene.told is not None:
        scene = rows_now(negotiation, viewer=viewer, moment=after, kinds=SPOKEN_OF)
    states = [_states(negotiation, moment) for moment in (before, after)]
    rows, every = _lines(scene, states[0], states[1])
    here = {line.noun for line in every}
    first, second = (_side(scene, moment, told) for moment, told in zip((before, after), states, strict=True))
    return Diff(
        before=first,
        after=second,
        lines=tuple(line for line in every if noun in ("", line.noun)),
        nouns=tuple((one, nouns_in_words(one)) for one in ORDER if one in here),
        rows=rows,
    )


def with_entries(lines: Sequence[DiffLine], negotiation: Negotiation, *, viewer: Viewer, found: Diff) -> list[DiffLine]:
    """The lines of a page, each with the newest entries that one reading rests on and the other does not."""
    between = _between(negotiation, viewer, found.before.moment, found.after.moment)
    rows = between.filter(subject_id__in=[line.public_id for line in lines]).order_by("-effective_at", "-seq")
    told = list(with_payload(rows.filter(pk__in=_worth_telling(rows))))
    subjects = {entry.pk: entry.subject_id for entry in told}
    by_subject: defaultdict[UUID, list[EntryLine]] = defaultdict(list)
    for one in entry_lines(told, viewer=viewer, subjects=found.rows):
        by_subject[subjects[one.pk]].append(one)
    return [_with_entries(line, by_subject[line.public_id]) for line in lines]


def _worth_telling(newest_first: QuerySet[Entry]) -> Iterator[int]:
    """Of each item the newest entries, one more than are told, and the last that changed each field."""
    names = Func(F("payload__changes"), template=KEYS, output_field=ArrayField(TextField()))
    few: Counter[UUID] = Counter()
    changed: defaultdict[UUID, set[str]] = defaultdict(set)
    for pk, subject, fields in newest_first.values_list("pk", "subject_id", names):
        few[subject] += 1
        if few[subject] <= FEW + 1 or not changed[subject].issuperset(fields):
            yield pk
        changed[subject].update(fields)


def _with_entries(line: DiffLine, told: Sequence[EntryLine]) -> DiffLine:
    last = {name: entry for entry in reversed(told) for name in entry.fields if name in line.changes}
    return replace(line, entries=tuple(told[:FEW]), more=len(told[FEW : FEW + 1]), told=last)


def verdict_of(scene: Scene) -> str:
    """The sentence the overview opens with at the scene's moment."""
    reckoning = reckon(scene)
    return verdict_box(reckoning, *in_question(reckoning)).sentence


def _states(negotiation: Negotiation, moment: Moment) -> States:
    return states_at(negotiation.pk, as_of=_reach(moment), known_at=moment.known_at)


def _reach(moment: Moment) -> datetime:
    """Up to when it must have been so to count in the reading."""
    return (moment.known_at or END_OF_TIME) if moment.is_at_end else moment.at


def _side(scene: Scene, moment: Moment, told: States) -> Side:
    # Both readings from the states, so that they differ by nothing but their moments.
    asked = moment if moment.is_past else replace(moment, as_of=moment.at)
    then = scene_then(scene, asked, told, kinds=SPOKEN_OF)
    # A verdict says nothing of sources.
    then.shaken = Shaken()
    return Side(moment, verdict_of(then))


def _lines(scene: Scene, before: States, after: States) -> tuple[dict[UUID, Tracked], list[DiffLine]]:
    """The items that differ and that the reader may see now, and what differs; one query for each kind among them."""
    negotiation, viewer = scene.negotiation, scene.viewer
    found = {one.subject: one for one in differences(before, after)}
    nouns = _nouns(negotiation, found)
    kinds = {noun: kind for noun in ORDER if issubclass(kind := kinds_by_noun()[noun], MarkedItem | Negotiation)}
    told = [(noun, found[subject].fields) for subject, noun in nouns.items() if noun in kinds]
    also = {kind: {str(key) for key, of in nouns.items() if of == noun} for noun, kind in kinds.items()}
    # What a row of these is called by is read with it.
    at_hand = {kind: rows for kind, rows in scene.rows.items() if kind.noun() not in ABOUT}
    is_member = viewer.seat_in(negotiation.pk) is not None
    ends = NamedEnds(told, viewer, is_member=is_member, also=also, at_hand=at_hand)
    rows = {row.public_id: row for kind in kinds.values() for row in ends.rows.get(kind, ()) if row.public_id in found}
    lines = [_line(row, found[key], ends, before, after) for key, row in rows.items()]
    return rows, sorted((line for line in lines if line is not None), key=_place)


def _nouns(negotiation: Negotiation, found: Iterable[UUID]) -> dict[UUID, str]:
    versions = StateVersion.objects.filter(negotiation=negotiation.pk, subject_id__in=list(found))
    return dict(versions.values_list("subject_id", "subject_type").distinct())


def _line(row: Any, one: Difference, ends: NamedEnds, before: States, after: States) -> DiffLine | None:
    """None where all that differs are ends of relations that the reader may not see."""
    changes = ends.seen(row.noun(), {name: pair for name, pair in one.fields.items() if name not in OF_TODAY})
    if not changes and one.how in (How.CHANGED, How.MOVED):
        return None
    words_then(row, before if one.how is How.REMOVED else after)
    is_there_twice = one.how in (How.CHANGED, How.MOVED)
    return DiffLine(
        public_id=row.public_id,
        noun=row.noun(),
        ref=str(getattr(row, "ref", "") or getattr(row, "number", "") or ""),
        title=title_of(row),
        how=one.how,
        marking=row.marking,
        status=status_change(row.noun(), changes) if is_there_twice else None,
        value=value_change(changes, row) if is_there_twice else None,
        fields=_in_words(row.noun(), changes, ends, is_there_twice=is_there_twice),
        changes=changes,
        named={
            name: (ends.in_full(row.noun(), name, pair[0]), ends.in_full(row.noun(), name, pair[1]))
            for name, pair in changes.items()
            if target_of(row.noun(), name) is not None
        },
        ends=frozenset(ends.markings(row.noun(), changes)),
    )


def _in_words(
    noun: str, changes: Mapping[str, tuple[Any, Any]], ends: NamedEnds, *, is_there_twice: bool
) -> tuple[FieldChange, ...]:
    if noun in TIES:
        told = {name: changes[name] for name in (*TIES[noun], *changes) if name in changes}
        kept = told if is_there_twice else {name: pair for name, pair in told.items() if name in TIES[noun]}
        return tuple(field_changes(noun, kept, ends.in_full))
    return tuple(field_changes(noun, changes, ends.words)) if is_there_twice else ()


def _place(line: DiffLine) -> tuple[Any, ...]:
    return (line.place, natural_key(line.ref), str(line.public_id))


def _between(negotiation: Negotiation, viewer: Viewer, before: Moment, after: Moment) -> QuerySet[Entry]:
    """The visible entries that one of the readings knows and the other does not."""
    first, second = _told(before), _told(after)
    entries = Entry.objects.visible_to(viewer).filter(negotiation=negotiation, subject_version__isnull=False)
    return entries.filter((second & ~first) | (first & ~second))


def _told(moment: Moment) -> Q:
    told = Q(effective_at__lte=_reach(moment))
    return told & Q(recorded_at__lte=moment.known_at) if moment.known_at else told
