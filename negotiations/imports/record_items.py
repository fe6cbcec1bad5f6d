"""From the entries of a proved record to the rows they lead to, under ids that are free here."""

from __future__ import annotations

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.utils.translation import gettext as _

from negotiations.history.states import as_told
from negotiations.models import Entry, MarkedItem, Membership, Negotiation, ProposedFinding, Tracked, User
from negotiations.models.snapshot import told_fields
from negotiations.rules import fold

from .problems import MOST, FileRefused, Problem
from .record_proof import ProvedRecord

# What is about the people of the other installation stays there.
LEFT = frozenset({Membership.noun(), ProposedFinding.noun()})
Values = dict[str, Any]


def kinds() -> dict[str, type[Tracked]]:
    """The kinds of a negotiation by their nouns, those that stay behind left out."""
    models = apps.get_app_config("negotiations").get_models()
    found = {one.noun(): one for one in models if issubclass(one, MarkedItem) or one is Negotiation}
    return {noun: kind for noun, kind in found.items() if noun not in LEFT}


@dataclass(slots=True)
class Subject:
    """One subject of the record: its kind, its entries, and what they come to."""

    kind: type[Tracked]
    key: str
    entries: list[dict[str, Any]] = field(default_factory=list)
    values: Values = field(default_factory=dict)

    @property
    def version(self) -> int:
        return sum(1 for entry in self.entries if entry["subject_version"] is not None)


@dataclass(slots=True)
class RecordPlan:
    """What a record would bring: its subjects in the order in which they were first told of.

    `here` are the titles of negotiations of the same record that were here before.
    """

    record: ProvedRecord
    subjects: dict[str, Subject]
    left: Counter[str]
    problems: list[Problem] = field(default_factory=list)
    here: tuple[str, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        told = sum(len(one.entries) for one in self.subjects.values())
        return {
            "created": len(self.subjects), "changed": 0, "unchanged": 0, "sources": 0,
            "entries": told, "problems": len(self.problems),
        }  # fmt: skip

    def report(self) -> dict[str, Any]:
        """How many of each kind would come, and how many entries stay behind."""
        nouns = Counter(one.kind.noun() for one in self.subjects.values())
        again = _("A negotiation of this record was here before; this makes another one.")
        stays = _("Stays behind: it is about people of the other installation.")
        rows = [told(title, "unchanged", again) for title in self.here]
        rows += [told(f"{noun}: {count}", "created") for noun, count in sorted(nouns.items())]
        rows += [told(f"{noun}: {count}", "unchanged", stays) for noun, count in sorted(self.left.items())]
        return {"rows": rows, "problems": [one.told() for one in self.problems], "unchanged": []}

    def digest(self) -> str:
        return self.record.digest


def told(title: str, action: str, remark: str = "") -> dict[str, Any]:
    """A row of a report that is about no line of the file."""
    return {"line": 0, "action": action, "ref": "", "id": "", "title": title, "changes": [], "remark": remark}


def plan_record(record: ProvedRecord) -> RecordPlan:
    """Sort the entries by their subjects and fold them. Raises FileRefused for what is not known here."""
    known, subjects, left = kinds(), dict[str, Subject](), Counter[str]()
    problems: list[Problem] = []
    for entry in record.entries:
        noun, key = entry["subject_type"], entry["subject_id"]
        if noun in LEFT:
            left[noun] += 1
            continue
        if noun not in known:
            wrong = _("“%(cell)s” is not known here.") % {"cell": str(noun)[:60]}
            raise FileRefused([Problem(0, "", wrong, _("Bring it to the same version of the product."))])
        subjects.setdefault(key, Subject(known[noun], key)).entries.append(entry)
    for subject in subjects.values():
        subject.values = folded(subject)
        problems += missing(subject)
    home = [one for one in subjects.values() if one.kind is Negotiation]
    if len(home) != 1 or home[0].key != record.header["negotiation"]["id"]:
        problems.append(Problem(0, "", _("The record does not tell of one negotiation."), ""))
    if problems:
        raise FileRefused(problems[:MOST])
    return RecordPlan(record, subjects, left)


def folded(subject: Subject) -> Values:
    """What the entries of a subject come to, corrections and redactions obeyed."""
    place = {entry["id"]: seq for seq, entry in enumerate(subject.entries)}
    rows = [
        (
            place[entry["id"]],
            datetime.fromisoformat(entry["effective_at"]),
            datetime.fromisoformat(entry["recorded_at"]),
            entry["changes"],
            place.get(entry["supersedes"]),
            entry["verb"],
        )
        for entry in subject.entries
        if entry["subject_version"] is not None
    ]
    return fold.state(as_told(rows)) or {}


def missing(subject: Subject) -> list[Problem]:
    """What a subject lacks so that no row can be made of it, and what is not known of its kind here."""
    noun, told = subject.kind.noun(), subject.values
    if not told:
        wrong = _("The record does not hold the beginning of a %(noun)s.") % {"noun": noun}
        return [Problem(0, noun, wrong, _("Take a whole record, or one of a reader who saw it from its beginning."))]
    unknown = [name for name in told if not has_field(subject.kind, name)]
    wrong = _("“%(cell)s” is not known here.")
    return [
        Problem(0, name, wrong % {"cell": name[:60]}, _("Bring it to the same version of the product."))
        for name in unknown
    ]


def has_field(kind: type[Tracked], name: str) -> bool:
    try:
        kind._meta.get_field(name)
    except FieldDoesNotExist:
        return False
    return name in told_fields(kind)


@dataclass(slots=True)
class Ids:
    """What everything in the record is called here: as it was there, where that is free."""

    person: User
    names: dict[str, str] = field(default_factory=dict)
    outside: dict[str, str] = field(default_factory=dict)

    def keep_or_renew(self, keys: Iterable[str], taken: set[str]) -> None:
        for key in keys:
            self.names[key] = str(uuid.uuid4()) if key in taken else key

    def of(self, key: str) -> UUID:
        return UUID(self.names[key])

    def end(self, key: Any) -> str | None:
        """The id here of the end of a relation; None for what did not come along."""
        return self.names.get(key) or self.outside.get(key) if key else None

    def changes(self, kind: type[Tracked], changes: Mapping[str, Any]) -> dict[str, list[Any]]:
        return {name: [self.value(kind, name, value) for value in pair] for name, pair in changes.items()}

    def value(self, kind: type[Tracked], name: str, value: Any) -> Any:
        """A told value with the ids of here; an account of there becomes whoever brings it, several become none."""
        told = kind._meta.get_field(name)
        target = told.related_model
        if target is None or value is None:
            return value
        if target is User:
            return [] if told.many_to_many else str(self.person.public_id)
        if told.many_to_many:
            return sorted(end for key in value if (end := self.end(key)))
        return self.end(value)


def ids_for(plan: RecordPlan, person: User) -> Ids:
    """Ids for all subjects and entries: their own, unless something here bears one already."""
    ids = Ids(person)
    by_kind: defaultdict[type[Tracked], list[str]] = defaultdict(list)
    for subject in plan.subjects.values():
        by_kind[subject.kind].append(subject.key)
    try:
        for kind, keys in by_kind.items():
            there = kind._default_manager.filter(public_id__in=keys).values_list("public_id", flat=True)
            told = Entry.objects.filter(subject_id__in=keys).values_list("subject_id", flat=True)
            ids.keep_or_renew(keys, {str(key) for key in (*there, *told)})
        keys = [entry["id"] for subject in plan.subjects.values() for entry in subject.entries]
        known = Entry.objects.filter(public_id__in=keys).values_list("public_id", flat=True)
        ids.keep_or_renew(keys, {str(key) for key in known})
    except (ValidationError, ValueError):
        raise FileRefused([Problem(0, "", _("Something in the record has no id that can be read."), "")]) from None
    return ids
