"""What was so, reckoned from the entries in the plainest way: the measure that states are held against.

Written from the domain's words alone; it uses neither the fold, nor states, nor the product's table of markings.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from negotiations.models import Entry
from tests.cast import Cast

WIDEST_FIRST = ["CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED"]
# Who may read what in the published talks of the tests; nobody is named in them for TLP:RED.
CLEARED = {"": "CLEAR", "outsider": "CLEAR", "reader": "GREEN", "analyst": "AMBER", "mediator": "AMBER+STRICT"}


@dataclass(frozen=True)
class Fact:
    """One entry as a person would read it."""

    number: int
    id: int
    verb: str
    when: datetime
    known: datetime
    said: Mapping[str, Any]
    replaces: int | None
    marking: str


def facts_of(subject: UUID) -> list[Fact]:
    """Everything the record says of a subject, in the order in which it was written."""
    entries = Entry.objects.filter(subject_id=subject, subject_version__isnull=False).select_related("payload")
    return [
        Fact(
            entry.seq, entry.pk, entry.verb, entry.effective_at, entry.recorded_at,
            {name: pair[1] for name, pair in entry.payload.changes.items()}, entry.supersedes_id, entry.marking,
        )
        for entry in sorted(entries, key=lambda entry: entry.seq)
    ]  # fmt: skip


def in_force(facts: list[Fact], known_at: datetime | None) -> list[Fact]:
    """What counts, as known then: each entry in the place of the one it replaced, from the beginning on."""
    words = {fact.id: dict(fact.said) for fact in facts}
    silent: set[int] = set()
    for fact in facts:
        if fact.verb == "entry.redacted":
            # It tells again, in the place of the entry whose words are gone, what is left of it.
            target = fact.replaces
            while target in silent:
                target = next(one.replaces for one in facts if one.id == target)
            assert target is not None
            words[target], words[fact.id] = dict(fact.said), {}
            silent.add(fact.id)
    spoken = [fact for fact in facts if fact.id not in silent]
    known = [fact for fact in spoken if known_at is None or fact.known <= known_at]
    gone = {one.id for fact in known for one in replaced_by(fact, facts)}
    left = [fact for fact in known if fact.id not in gone]
    left.sort(key=lambda fact: (fact.when, root_of(fact, facts).number))
    first = [place for place, fact in enumerate(left) if root_of(fact, facts) == facts[0]]
    return [
        Fact(one.number, one.id, one.verb, one.when, one.known, words[one.id], one.replaces, one.marking)
        for one in (left[first[0] :] if first else [])
    ]


def replaced_by(fact: Fact, facts: list[Fact]) -> list[Fact]:
    """What an entry replaces, what that one replaced, and so on to the beginning."""
    found = []
    while fact.replaces is not None:
        fact = next(one for one in facts if one.id == fact.replaces)
        found.append(fact)
    return found


def root_of(fact: Fact, facts: list[Fact]) -> Fact:
    """The entry at the beginning of a row of replacements."""
    return [fact, *replaced_by(fact, facts)][-1]


def was(subject: UUID, as_of: datetime, known_at: datetime | None) -> dict[str, Any] | None:
    """What an operator would be told of a subject; None where it was not there, or was opened wider afterwards."""
    facts = facts_of(subject)
    values: dict[str, Any] | None = None
    since = as_of
    for fact in in_force(facts, known_at):
        if fact.when <= as_of:
            new = {**(values or {}), **fact.said}
            if new != values:
                values, since = new, fact.when
    if values is None:
        return None
    # As it was known before anybody told of its disclosure, it was not disclosed, whenever that took effect.
    opened = [fact for fact in facts if fact.when > since or (known_at is not None and fact.known > known_at)]
    if any(fact.verb == "marking.widened" and narrower(values["marking"], fact.marking) for fact in opened):
        return None
    return values


def narrower(one: str, other: str) -> bool:
    return WIDEST_FIRST.index(one) > WIDEST_FIRST.index(other)


def may_read(name: str, cast: Cast, row: Any) -> bool:
    """Whether somebody of the cast may read a row as it is marked today."""
    if narrower(row.marking, CLEARED[name]):
        return False
    return row.marking != "AMBER+STRICT" or row.organisation == cast.harbour


def told_to(
    name: str, cast: Cast, rows: Iterable[Any], as_of: datetime, known_at: datetime | None
) -> dict[UUID, dict[str, Any]]:
    """What somebody is told of these rows."""
    found = {row.public_id: was(row.public_id, as_of, known_at) for row in rows if may_read(name, cast, row)}
    return {subject: values for subject, values in found.items() if values is not None}
