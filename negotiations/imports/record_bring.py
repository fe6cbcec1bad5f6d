"""Writing a proved record as a negotiation of this installation: all of it, or nothing."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils.translation import gettext as _

from negotiations.access.viewer import viewer_for
from negotiations.models import (
    Actor,
    Citation,
    Condition,
    ImportBatch,
    MarkedItem,
    NamedReader,
    Negotiation,
    Organisation,
    RefCounter,
    Source,
    Stream,
    Tracked,
)
from negotiations.rules.codes import ActorKind, Marking, Role
from negotiations.rules.errors import RuleError
from negotiations.services.act import Act
from negotiations.services.actor import register_actor
from negotiations.services.membership import grant_membership
from negotiations.services.negotiation import edit_negotiation
from negotiations.services.opening import fresh_slug
from negotiations.services.organisation import register_organisation
from negotiations.services.retelling import Retold, retell_all

from .problems import FileRefused, Problem
from .record_items import Ids, RecordPlan, Subject, ids_for

CITED = (
    "credibility", "quote", "quote_language", "translation", "translated_by", "translator", "locator",
)  # fmt: skip
BY_CLOCK = frozenset({"condition.overdue", "condition.stale"})
RUNNING = re.compile(r"[A-Z]+(\d{1,9})", re.ASCII)


def bring_record(batch: ImportBatch, plan: RecordPlan) -> Negotiation:
    """Open the negotiation that the record tells of, and tell its entries again; led by whoever brings it.

    It is not published, whatever it was there: that is for its lead to decide here. To be used inside
    one transaction. Raises FileRefused where the database refuses what the record says.
    """
    if batch.organisation is None:
        wrong = _("Choose the organisation that the archive is led from.")
        raise RuleError(wrong, code="no_organisation", fields={"organisation": wrong})
    try:
        return Bringing(batch, plan).bring()
    except (IntegrityError, ValidationError, ValueError, TypeError, KeyError) as refused:
        told = " ".join(getattr(refused, "messages", [])) or _("The record contradicts itself.")
        raise FileRefused([Problem(0, "", told, _("Take the file again from where it came from."))]) from refused


class Bringing:
    """One record on its way in."""

    def __init__(self, batch: ImportBatch, plan: RecordPlan) -> None:
        self.batch, self.plan = batch, plan
        self.organisation: Any = batch.organisation
        self.act = Act(actor=batch.user, reason=_("Brought in from a file."), request_id=batch.request_id)
        self.ids: Ids = ids_for(plan, batch.user)
        self.rows: dict[str, Tracked] = {}
        self.slug = fresh_slug(str(plan.record.header["negotiation"]["title"]))

    def bring(self) -> Negotiation:
        self.introduce()
        self.find_outside()
        negotiation = self.open()
        self.insert_rows(negotiation)
        entries = list(self.entries())
        told = retell_all(negotiation, entries, act=self.act)
        self.name_readers(entries)
        self.count_refs(negotiation)
        grant_membership(
            act=self.act,
            negotiation=negotiation,
            user=self.batch.user,
            organisation=self.organisation,
            role=Role.LEAD,
            clearance=Marking.RED,
        )
        negotiation.refresh_from_db()
        if negotiation.published:
            act = Act(
                actor=self.batch.user,
                reason=_("Brought in from another installation; not open here before its lead publishes it."),
                # As of its own last change, so that a record whose coverage ended does not go on to today.
                effective_at=max(one.effective_at for one in told if one.subject_id == negotiation.public_id),
                request_id=self.batch.request_id,
            )
            negotiation = edit_negotiation(negotiation, act=act, version=None, published=False)
        return negotiation

    def introduce(self) -> None:
        """Find the actors and organisations that the record names, or register them under their ids."""
        for line in self.plan.record.registry:
            kind: type[Any] = Actor if line["type"] == "actor" else Organisation
            found = kind._default_manager.filter(public_id=line["id"]).first() or self.namesake(kind, line)
            self.ids.outside[line["id"]] = str((found or self.register(kind, line)).public_id)

    def namesake(self, kind: type[Any], line: dict[str, Any]) -> Any:
        """The one of the same name: an actor that the person may see, or an organisation, whose names are unique."""
        rows = kind._default_manager.filter(name=line["name"])
        if kind is Actor:
            rows = rows.filter(pk__in=Actor.objects.visible_to(viewer_for(self.batch.user)), kind=line["kind"])
        return rows.order_by("pk").first()

    def register(self, kind: type[Any], line: dict[str, Any]) -> Tracked:
        facts = {name: value for name, value in line.items() if name not in ("type", "id")}
        if kind is Organisation:
            return register_organisation(act=self.act, public_id=line["id"], **facts)
        return register_actor(act=self.act, public_id=line["id"], **{**facts, "kind": ActorKind(facts["kind"])})

    def find_outside(self) -> None:
        """Keep ties to an earlier attempt that is here already and that the person may see."""
        viewer = viewer_for(self.batch.user)
        for kind, name in ((Negotiation, "preceded_by"), (Condition, "corresponds_to")):
            wanted = {
                value
                for subject in self.plan.subjects.values()
                for entry in subject.entries
                for value in entry["changes"].get(name, ())
                if value and value not in self.ids.names
            }
            rows = kind.objects.visible_to(viewer).filter(public_id__in=wanted)
            self.ids.outside |= {str(key): str(key) for key in rows.values_list("public_id", flat=True)}

    def open(self) -> Negotiation:
        subject = next(one for one in self.plan.subjects.values() if one.kind is Negotiation)
        negotiation = Negotiation(public_id=self.ids.of(subject.key), version=subject.version)
        self.fill(negotiation, subject)
        negotiation.save(force_insert=True)
        Stream.objects.create(negotiation=negotiation)
        self.rows[str(negotiation.public_id)] = negotiation
        return negotiation

    def values(self, subject: Subject) -> dict[str, Any]:
        told = {name: self.ids.value(subject.kind, name, value) for name, value in subject.values.items()}
        return told | ({"slug": self.slug} if subject.kind is Negotiation else {})

    def fill(self, item: Tracked, subject: Subject) -> dict[str, list[Any]]:
        """Set the columns of a row; returns the rows of its relations to several. Raises KeyError for a missing end."""
        several: dict[str, list[Any]] = {}
        for name, value in self.values(subject).items():
            told = item._meta.get_field(name)
            if told.many_to_many:
                several[name] = [self.end(told.related_model, key) for key in value]
            elif told.is_relation:
                setattr(item, name, self.end(told.related_model, value) if value else None)
            else:
                setattr(item, name, told.to_python(value))  # type: ignore[union-attr]  # a column of its own
        singles = [one.name for one in item._meta.concrete_fields if one.is_relation]
        # What a redaction emptied stays empty; codes that may not be are refused by the database.
        empty = [name for name, value in subject.values.items() if value == ""]
        item.clean_fields(exclude={*singles, *several, *empty})
        return several

    def end(self, kind: Any, key: str) -> Any:
        """The row at the end of a relation: one of the record, or one that was here. Raises KeyError for neither."""
        if key not in self.rows:
            if key in self.ids.names.values():
                raise KeyError(key)
            self.rows[key] = kind._default_manager.get(public_id=key)
        return self.rows[key]

    def insert_rows(self, negotiation: Negotiation) -> None:
        """Insert every row after those that it names; ties to several last."""
        waiting = [one for one in self.plan.subjects.values() if one.kind is not Negotiation]
        several: list[tuple[Tracked, Subject]] = []
        while waiting:
            left = []
            for subject in waiting:
                if self.is_ready(subject):
                    several.append((self.insert(negotiation, subject), subject))
                else:
                    left.append(subject)
            if len(left) == len(waiting):
                names = ", ".join(sorted({one.kind.noun() for one in left}))
                wrong = _("Some of these name what the record does not hold: %(nouns)s.") % {"nouns": names}
                raise FileRefused([Problem(0, "", wrong, _("Take a whole record of it."))])
            waiting = left
        for item, subject in several:
            for name, rows in self.fill(item, subject).items():
                getattr(item, name).set(rows)

    def is_ready(self, subject: Subject) -> bool:
        """Whether all single rows that a subject names are there."""
        kind, pending = subject.kind, self.ids.names.values()
        for name, value in self.values(subject).items():
            told = kind._meta.get_field(name)
            if told.is_relation and not told.many_to_many and value in pending and value not in self.rows:
                return False
        return True

    def insert(self, negotiation: Negotiation, subject: Subject) -> Tracked:
        item = subject.kind(public_id=self.ids.of(subject.key), version=subject.version)
        item.negotiation = negotiation  # type: ignore[attr-defined]  # every kind but the negotiation itself has one
        single = Subject(subject.kind, subject.key, subject.entries, without_several(subject))
        self.fill(item, single)
        item.save(force_insert=True)
        self.rows[str(item.public_id)] = item
        return item

    def entries(self) -> Iterator[Retold]:
        """The entries in their order, with versions counted anew and every id as it is here."""
        versions: Counter[str] = Counter()
        for line in self.plan.record.entries:
            subject = self.plan.subjects.get(line["subject_id"])
            if subject is None:
                continue
            if line["subject_version"] is not None:
                versions[subject.key] += 1
            version = versions[subject.key] if line["subject_version"] is not None else None
            yield self.retold(line, subject, version)

    def retold(self, line: dict[str, Any], subject: Subject, version: int | None) -> Retold:
        changes = self.ids.changes(subject.kind, line["changes"])
        if subject.kind is Negotiation and "slug" in changes:
            changes["slug"] = [old and self.slug for old in changes["slug"]]
        basis = list(self.basis(line))
        return Retold(
            public_id=self.ids.of(line["id"]),
            verb=line["verb"],
            noun=subject.kind.noun(),
            subject_id=self.ids.of(subject.key),
            version=version,
            marking=Marking(line["marking"]),
            organisation_id=self.organisation_of(line),
            effective_at=datetime.fromisoformat(line["effective_at"]),
            recorded_at=datetime.fromisoformat(line["recorded_at"]),
            changes=changes,
            reason=line["reason"],
            no_source_reason=line["no_source_reason"],
            basis=basis,
            cited=tuple(self.citations(basis)),
            supersedes=self.ids.of(line["supersedes"]) if line["supersedes"] in self.ids.names else None,
            supports=next(
                (self.ids.of(item["supports"]) for item in line["basis"] if item.get("supports") in self.ids.names),
                None,
            ),
            lost_digest=line["payload_digest"] if line["redacted"] else "",
            by_clock=line["verb"] in BY_CLOCK,
        )

    def basis(self, line: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """What the words rest on, and by which desk they were first told: the account here only brought them."""
        for item in line["basis"]:
            ends = {name: self.ids.end(item[name]) for name in ("source", "supports") if name in item}
            if all(ends.values()):
                yield {**item, **ends}
        is_said = any("told_by" in item for item in line["basis"])
        if line.get("by") and not is_said and not line["redacted"]:
            yield {"told_by": str(line["by"])[:160], "entry": line["id"]}

    def citations(self, basis: list[dict[str, Any]]) -> Iterator[Citation]:
        for item in basis:
            if "source" in item:
                yield Citation(source=self.end(Source, item["source"]), **{name: item[name] for name in CITED})

    def organisation_of(self, line: dict[str, Any]) -> int | None:
        """Whose an entry of one organisation is; where the file does not say, whose the negotiation is here."""
        key = self.ids.end(line.get("organisation"))
        if key is not None:
            return int(self.end(Organisation, key).pk)
        return int(self.organisation.pk) if line["marking"] == Marking.AMBER_STRICT else None

    def name_readers(self, entries: list[Retold]) -> None:
        """What is for named persons is for whoever brings it, who names others."""
        red = {one.subject_id for one in entries if one.marking == Marking.RED}
        NamedReader.objects.bulk_create(NamedReader(subject_id=key, user=self.batch.user) for key in sorted(red))

    def count_refs(self, negotiation: Negotiation) -> None:
        """Go on counting refs where the record stopped."""
        last: defaultdict[str, int] = defaultdict(int)
        for row in self.rows.values():
            ref = RUNNING.fullmatch(str(getattr(row, "ref", "")))
            if isinstance(row, MarkedItem) and row.REF_PREFIX and ref and ref.group(0).startswith(row.REF_PREFIX):
                last[row.REF_PREFIX] = max(last[row.REF_PREFIX], int(ref.group(1)))
        RefCounter.objects.bulk_create(
            RefCounter(negotiation=negotiation, prefix=prefix, last=count) for prefix, count in sorted(last.items())
        )


def without_several(subject: Subject) -> dict[str, Any]:
    meta = subject.kind._meta
    return {name: value for name, value in subject.values.items() if not meta.get_field(name).many_to_many}
