"""Entries of the record as lines a person reads: what happened, to what, who told it, on what source."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Q
from django.utils.translation import gettext as _

from negotiations.history.as_of import words_then
from negotiations.history.both_clocks import Moments, known_in
from negotiations.models import Entry, EntryPayload, Membership, Negotiation, Tracked
from negotiations.rules.codes import (
    Code,
    ConditionStatus,
    DisputeStatus,
    IncidentStatus,
    NegotiationStatus,
    PhaseStatus,
)
from negotiations.rules.marking import ANYBODY, Viewer
from negotiations.rules.verbs import in_words

from .judged import judged
from .scene import Scene
from .scenes import all_told
from .second_persons import both_persons
from .source_lines import SourceLine, best_of, sources_of
from .words import Words, words_of

STATUSES: dict[str, type[Code]] = {
    "condition": ConditionStatus,
    "phase": PhaseStatus,
    "dispute": DisputeStatus,
    "incident": IncidentStatus,
    "negotiation": NegotiationStatus,
}
NOW: Moments = {}
TITLES = ("title", "name", "summary", "subject", "question", "text")
# Kinds without a title of their own are called by what they are about, which is as visible as they are.
ABOUT = {
    "party": "actor",
    "thirdparty": "actor",
    "gate": "condition",
    "link": "condition",
    "membership": "user",
    "proposalversion": "proposal",
}


@dataclass(frozen=True, slots=True)
class Change:
    """What a status or value was before and is after; codes are kept beside the words for their glyphs."""

    before: str
    after: str
    before_code: str = ""
    after_code: str = ""

    @property
    def is_same(self) -> bool:
        """Whether a status was only said again."""
        return bool(self.after_code) and self.before_code == self.after_code


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One entry as a line of a list; `fields` are the names of those it changed, `judged` what its verb leaves open.

    `times` is how many changes a line stands for that tells several of one item net.
    """

    public_id: UUID
    pk: int
    verb: str
    says: str
    subject_type: str
    ref: str
    title: Words
    slug: str
    negotiation: Words
    marking: str
    effective_at: datetime
    inserted_at: datetime
    recorded_at: datetime
    is_backfilled: bool
    corrected_by: UUID | None
    corrects: UUID | None
    is_redacted: bool
    by: str
    reason: str
    no_source_reason: str
    change: Change | None
    value: Change | None
    sources: tuple[SourceLine, ...]
    fields: frozenset[str] = frozenset()
    judged: str = ""
    times: int = 1

    @property
    def is_replaced(self) -> bool:
        return self.corrected_by is not None

    @property
    def moved(self) -> Change | None:
        """What really changed: the status, or the value where the status was only said again; None where neither."""
        return self.change if self.change and not self.change.is_same else self.value

    @property
    def says_all(self) -> str:
        """What happened, and how likely, how it came out or what was answered where that was judged."""
        return _("%(what)s: %(judged)s") % {"what": self.says, "judged": self.judged} if self.judged else self.says

    @property
    def best_source(self) -> SourceLine | None:
        return best_of(self.sources)

    @property
    def sources_named(self) -> list[str]:
        """Each source once, by its ref and publisher, as the rows of files name them."""
        return list(dict.fromkeys(f"{one.ref} {one.publisher}" for one in self.sources))

    @property
    def page(self) -> str:
        """Name of the page that shows the subject, empty where there is none."""
        return self.subject_type if self.subject_type in ("condition", "dispute") else ""


@cache
def kinds_by_noun() -> Mapping[str, type[Tracked]]:
    """Every kind of thing that has entries; asked for each field of each entry, so it is found once."""
    models = apps.get_app_config("negotiations").get_models()
    return {model.noun(): model for model in models if issubclass(model, Tracked)}


def entry_lines(
    entries: Iterable[Entry],
    *,
    viewer: Viewer,
    scene: Scene | None = None,
    subjects: Mapping[UUID, Tracked] | None = None,
    over: Sequence[Scene] = (),
) -> list[EntryLine]:
    """Turn entries the reader may see into lines; one query for each kind of subject among them.

    With a scene, or for entries of several negotiations with all of theirs in `over`, subjects, sources and
    corrections are those of its moment. Whoever has read all the `subjects` hands them in, and they are not
    asked for again.
    """
    rows = list(entries)
    over = [scene] if scene else over
    told, moments = all_told(over), {one.negotiation.pk: one.moment for one in over}
    subjects = subjects_of(rows) if subjects is None else subjects
    for subject in subjects.values():
        words_then(subject, told)
    sources = sources_of(rows, viewer=viewer, told=told, moments=moments)
    names, both = bylines(rows, viewer), both_persons(rows, viewer=viewer)
    tied = _tied(rows, viewer, moments)
    lines = [_line(row, subjects.get(row.subject_id), sources.get(row.pk, ()), names, tied) for row in rows]
    return [replace(line, by=both[line.pk]) if line.pk in both else line for line in lines]


@dataclass(frozen=True, slots=True)
class Tied:
    """The visible corrections of entries, by what they correct, and the visible entries that are corrected."""

    corrections: Mapping[int, UUID]
    originals: Mapping[int, UUID]


def _tied(rows: Sequence[Entry], viewer: Viewer, moments: Moments) -> Tied:
    """What corrects the entries and what they correct, as known then; of several corrections the last. One query."""
    ids = [row.supersedes_id for row in rows if row.supersedes_id]
    around = Entry.objects.visible_to(viewer).filter(Q(supersedes__in=[row.pk for row in rows]) | Q(pk__in=ids))
    found = list(known_in(around, moments).order_by("seq").values_list("pk", "public_id", "supersedes_id"))
    return Tied(
        corrections={supersedes: public_id for _pk, public_id, supersedes in found if supersedes},
        originals={pk: public_id for pk, public_id, _supersedes in found},
    )


def with_payload(entries: Any) -> Any:
    """The same entries with everything `entry_lines` reads of them."""
    return entries.select_related("payload", "actor", "negotiation")


def subjects_of(entries: Iterable[Entry]) -> dict[UUID, Tracked]:
    """What visible entries are about, by public id; one query for each kind among them."""
    # An entry is as visible as its subject, so a subject of a visible entry needs no second door.
    wanted: defaultdict[str, set[UUID]] = defaultdict(set)
    for entry in entries:
        wanted[entry.subject_type].add(entry.subject_id)
    kinds = kinds_by_noun()
    return {row.public_id: row for noun, ids in wanted.items() if noun in kinds for row in _rows(kinds[noun], ids)}


def _rows(kind: type[Tracked], ids: set[UUID]) -> Any:
    return _with_about(kind, kind._default_manager.filter(public_id__in=ids))


def rows_of(kind: type[Any], ids: Iterable[Any], viewer: Viewer) -> Any:
    """The rows of a kind with these public ids, with what `title_of` reads; without those the reader may not see.

    People and organisations have no marking: callers ask for members only.
    """
    rows = kind._default_manager.filter(public_id__in=list(ids))
    return _with_about(kind, rows.visible_to(viewer) if hasattr(rows, "visible_to") else rows)


def _with_about(kind: type[Any], rows: Any) -> Any:
    about = ABOUT.get(kind.noun()) if issubclass(kind, Tracked) else None
    return rows.select_related(about) if about else rows


def bylines(entries: Sequence[Entry], viewer: Viewer) -> dict[tuple[int | None, int | None], str]:
    """Who told each entry: the person for members of the negotiation, their desk for everybody else."""
    pairs = {(entry.negotiation_id, entry.actor_id) for entry in entries if entry.actor_id}
    if not pairs:
        return {}
    seats = Membership.objects.filter(
        Q(negotiation__in={n for n, _a in pairs}) & Q(user__in={a for _n, a in pairs})
    ).select_related("organisation")
    desks: dict[tuple[int | None, int | None], str] = {
        (seat.negotiation_id, seat.user_id): words_of(seat.organisation, "byline").here for seat in seats
    }
    names = {(entry.negotiation_id, entry.actor_id): str(entry.actor) for entry in entries if entry.actor_id}
    return {
        pair: names[pair] if pair[0] is not None and viewer.seat_in(pair[0]) else desks.get(pair, _("An editor"))
        for pair in pairs
    }


def desks_of(entries: Sequence[Entry]) -> list[str]:
    """Who told each entry, as anybody may know it: desks, never persons. Reads their payloads."""
    names = bylines(entries, ANYBODY)
    return [_by(one.payload, names.get((one.negotiation_id, one.actor_id), _("The tracker"))) for one in entries]


def _line(
    entry: Entry,
    subject: Tracked | None,
    sources: tuple[SourceLine, ...],
    names: Mapping[tuple[int | None, int | None], str],
    tied: Tied,
) -> EntryLine:
    payload = getattr(entry, "payload", None)
    changes: Mapping[str, Any] = payload.changes if payload else {}
    negotiation: Negotiation | None = entry.negotiation
    return EntryLine(
        public_id=entry.public_id,
        pk=entry.pk,
        verb=entry.verb,
        says=in_words(entry.verb),
        subject_type=entry.subject_type,
        ref=getattr(subject, "ref", ""),
        title=title_of(subject),
        slug=negotiation.slug if negotiation else "",
        negotiation=words_of(negotiation, "title") if negotiation else Words(""),
        marking=entry.marking,
        effective_at=entry.effective_at,
        inserted_at=entry.inserted_at,
        recorded_at=entry.recorded_at,
        is_backfilled=entry.backfilled,
        corrected_by=tied.corrections.get(entry.pk),
        corrects=tied.originals.get(entry.supersedes_id or 0),
        is_redacted=bool(payload and payload.redacted_at),
        by=_by(payload, names.get((entry.negotiation_id, entry.actor_id), _("The tracker"))),
        reason=payload.reason if payload else "",
        no_source_reason=payload.no_source_reason if payload else "",
        change=status_change(entry.subject_type, changes),
        value=value_change(changes, subject),
        sources=sources,
        fields=frozenset(changes),
        judged=judged(entry.verb, changes),
    )


def _by(payload: EntryPayload | None, name: str) -> str:
    """Who told it; of what came in with a record first the desk that told it there."""
    basis = payload.basis if payload else []
    desk = next((one["told_by"] for one in reversed(basis) if one.get("told_by")), "")
    return _("%(desk)s, brought in by %(who)s") % {"desk": desk, "who": name} if desk else name


def status_change(subject_type: str, changes: Mapping[str, Any]) -> Change | None:
    """The status before and after, where the entry of a known kind changed it."""
    codes, pair = STATUSES.get(subject_type), changes.get("status")
    if codes is None or not pair or not pair[0] or not pair[1]:
        return None
    return Change(codes(pair[0]).label, codes(pair[1]).label, pair[0], pair[1])


def value_change(changes: Mapping[str, Any], subject: Tracked | None) -> Change | None:
    pair = changes.get("value")
    if not pair or pair[1] is None or pair[0] == pair[1]:
        return None
    unit = words_of(subject, "unit").here if hasattr(subject, "unit") else ""
    return Change(pair[0] or "", f"{pair[1]} {unit}".strip())


def title_of(subject: Tracked | None) -> Words:
    """What a row is called; empty for none, and for what has no words of its own."""
    if subject is None:
        return Words("")
    if about := ABOUT.get(subject.noun()):
        return _called(getattr(subject, about))
    return _called(subject)


def _called(subject: Any) -> Words:
    for name in TITLES:
        if isinstance(getattr(subject, name, None), str) and getattr(subject, name):
            words = words_of(subject, name)
            return Words(shortened(words.text), shortened(words.ar), getattr(subject, "text_language", "en"))
    return Words(str(subject)) if subject._meta.model_name == "user" else Words("")


def shortened(text: str, limit: int = 140) -> str:
    return text if len(text) <= limit else text[: limit - 1].rsplit(" ", 1)[0] + "…"
