"""The record: the append-only list of entries that everything else reads."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar, Self

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import DateTimeRangeField
from django.contrib.postgres.functions import RandomUUID
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Now

from negotiations.rules.codes import Marking
from negotiations.rules.marking import Viewer

from .base import code, known, visible_q
from .snapshot import plain

APPEND_ONLY = pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)


def only_grows(column: str) -> pgtrigger.Trigger:
    """A counter never goes back: what was numbered once is not numbered again."""
    return pgtrigger.Trigger(
        name="only_grows",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        func=f"""
            IF NEW.{column} < OLD.{column} THEN
                RAISE EXCEPTION 'a number is never given twice' USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN NEW;
        """,
    )


class Stream(models.Model):
    """One gapless sequence of entries: a negotiation's, or the registry's that all negotiations share.

    Its row is locked while an entry is written, so the order of numbers is the order of commits.
    `head_hash` and `clear_hash` are the ends of the two chains.
    """

    negotiation = models.OneToOneField(
        "negotiations.Negotiation", null=True, on_delete=models.PROTECT, related_name="stream"
    )
    head = models.BigIntegerField(default=0)
    head_hash = models.CharField(max_length=64, default="")
    clear_hash = models.CharField(max_length=64, default="")
    last_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["negotiation"], name="stream_one_registry", nulls_distinct=False)
        ]
        triggers = [only_grows("head"), pgtrigger.Protect(name="kept", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"stream of {self.negotiation_id or 'the registry'}"


class RefCounter(models.Model):
    """The last running ref of a kind in a negotiation; refs are never given twice."""

    negotiation = models.ForeignKey("negotiations.Negotiation", on_delete=models.PROTECT, related_name="+")
    prefix = models.CharField(max_length=4)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["negotiation", "prefix"], name="refcounter_one")]
        triggers = [only_grows("last"), pgtrigger.Protect(name="kept", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.prefix}{self.last}"


class EntryQuerySet(models.QuerySet["Entry"]):
    """Entries; what a reader may see of them follows their effective marking, not the one at writing."""

    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(access__in=EntryAccess.objects.filter(visible_q(viewer, subject="subject_id")))


class Entry(models.Model):
    """One change to a negotiation: who, what from what to what, why, on which sources, and when.

    What it says stands in its payload, apart, so that a redaction can destroy the words while the
    chain of digests still proves that nothing else was touched. `seq` is internal and never leaves.
    """

    append_only: ClassVar[bool] = True

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    stream = models.ForeignKey(Stream, on_delete=models.PROTECT, related_name="entries")
    negotiation = models.ForeignKey(
        "negotiations.Negotiation", null=True, on_delete=models.PROTECT, related_name="entries"
    )
    seq = models.BigIntegerField()
    verb = models.CharField(max_length=48)
    subject_type = models.CharField(max_length=32)
    subject_id = models.UUIDField()
    subject_version = models.PositiveIntegerField(null=True)
    marking = code(Marking)
    effective_at = models.DateTimeField()
    inserted_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    backfilled = models.BooleanField(default=False)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="entries")
    organisation = models.ForeignKey("negotiations.Organisation", null=True, on_delete=models.PROTECT, related_name="+")
    supersedes = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="superseded_by")
    request_id = models.CharField(max_length=64, blank=True)
    transaction_id = models.BigIntegerField(
        db_default=Func(template="(pg_current_xact_id()::text::bigint)", output_field=models.BigIntegerField())
    )
    payload_digest = models.CharField(max_length=64)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)
    previous_clear_hash = models.CharField(max_length=64, blank=True)
    clear_hash = models.CharField(max_length=64, blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        constraints = [
            *known("entry", marking=Marking),
            models.UniqueConstraint(fields=["stream", "seq"], name="entry_seq_once"),
            models.UniqueConstraint(fields=["subject_id", "subject_version"], name="entry_version_once"),
            # What the clock tells (overdue, stale) changes no row and is told once for each moment.
            models.UniqueConstraint(
                fields=["subject_id", "verb", "effective_at"],
                condition=Q(subject_version__isnull=True),
                name="entry_clock_once",
            ),
            models.CheckConstraint(
                name="entry_clocks_agree",
                condition=Q(backfilled=True, recorded_at__lte=F("inserted_at"))
                | Q(backfilled=False, recorded_at=F("inserted_at")),
            ),
        ]
        indexes = [
            models.Index(fields=["subject_id", "effective_at", "seq"], name="entry_of_subject"),
            models.Index(fields=["negotiation", "-effective_at"], name="entry_by_moment"),
            # With the other clock in it, so that what was not so by then is passed over without reading it.
            models.Index(fields=["negotiation", "-recorded_at", "effective_at"], name="entry_by_knowledge"),
            models.Index(
                fields=["negotiation", "effective_at"], name="entry_entered_later", condition=Q(backfilled=True)
            ),
            # Few, and asked for whenever the past is read.
            models.Index(
                fields=["subject_id", "effective_at"],
                name="entry_disclosures",
                condition=Q(verb="marking.widened"),
            ),
        ]
        triggers = [
            APPEND_ONLY,
            # Whoever inserts by hand cannot borrow another transaction's number or an earlier hour.
            pgtrigger.Trigger(
                name="stamped",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    NEW.transaction_id := pg_current_xact_id()::text::bigint;
                    IF NEW.inserted_at < transaction_timestamp()
                       OR NEW.inserted_at > clock_timestamp() + interval '1 hour' THEN
                        RAISE EXCEPTION 'an entry carries the time at which it is written'
                            USING ERRCODE = 'restrict_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.public_id}"

    def chain_facts(self) -> dict[str, Any]:
        """The facts of the entry that the chains cover."""
        return {
            "id": self.public_id,
            "seq": self.seq,
            "verb": self.verb,
            "subject_type": self.subject_type,
            "subject_id": self.subject_id,
            "subject_version": self.subject_version,
            "marking": str(self.marking),
            "effective_at": plain(self.effective_at),
            "inserted_at": plain(self.inserted_at),
            "recorded_at": plain(self.recorded_at),
            "backfilled": self.backfilled,
            "actor": self.actor.public_id if self.actor else None,
            "organisation": self.organisation.public_id if self.organisation else None,
            "supersedes": self.supersedes.public_id if self.supersedes else None,
            "request_id": self.request_id,
            "payload_digest": self.payload_digest,
        }


class EntryPayload(models.Model):
    """The words of an entry: its changes, its reason and its citations, under a salt.

    `changes` is {field: [old, new]}; `basis` holds what the words rest on as the digest covers it.
    After a redaction all of it is empty and `redacted_at` says when.
    """

    entry = models.OneToOneField(Entry, primary_key=True, on_delete=models.PROTECT, related_name="payload")
    salt = models.CharField(max_length=64, blank=True)
    changes = models.JSONField(default=dict)
    reason = models.TextField(blank=True)
    no_source_reason = models.TextField(blank=True)
    basis = models.JSONField(default=list)
    redacted_at = models.DateTimeField(null=True)

    class Meta:
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="only_redacted",
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                timing=pgtrigger.Deferred,
                func="""
                    IF NEW.salt <> '' OR NEW.changes <> '{}'::jsonb OR NEW.reason <> ''
                       OR NEW.no_source_reason <> '' OR NEW.basis <> '[]'::jsonb OR NEW.redacted_at IS NULL
                       OR NOT EXISTS (
                           SELECT 1 FROM negotiations_entry
                           WHERE supersedes_id = NEW.entry_id AND verb = 'entry.redacted'
                             AND transaction_id = pg_current_xact_id()::text::bigint
                             AND inserted_at >= transaction_timestamp()
                       ) THEN
                        RAISE EXCEPTION 'a payload changes only by a redaction'
                            USING ERRCODE = 'restrict_violation';
                    END IF;
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"payload of {self.entry_id}"


class EntryAccess(models.Model):
    """Who may read an entry now: a projection that follows later narrowing.

    `subject_id` is what its named readers are listed under: its subject, or for what was written
    before a RED subject was widened an id that stands for the circle of that time.
    """

    entry = models.OneToOneField(Entry, primary_key=True, on_delete=models.PROTECT, related_name="access")
    negotiation = models.ForeignKey("negotiations.Negotiation", null=True, on_delete=models.PROTECT, related_name="+")
    subject_id = models.UUIDField(db_index=True)
    marking = code(Marking)
    organisation = models.ForeignKey("negotiations.Organisation", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = known("entryaccess", marking=Marking)
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            # Once written, an entry is only ever taken from readers: what is disclosed is told anew.
            pgtrigger.Trigger(
                name="only_narrowed",
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                timing=pgtrigger.Deferred,
                declare=[("widest", "text[]")],
                func="""
                    widest := ARRAY['CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED'];
                    IF NEW.entry_id <> OLD.entry_id OR NEW.negotiation_id IS DISTINCT FROM OLD.negotiation_id
                       OR array_position(widest, NEW.marking::text) < array_position(widest, OLD.marking::text)
                       OR NOT EXISTS (
                           SELECT 1 FROM negotiations_entry told JOIN negotiations_entry entry USING (subject_id)
                           WHERE entry.id = NEW.entry_id AND told.verb IN ('marking.narrowed', 'marking.widened')
                             AND told.transaction_id = pg_current_xact_id()::text::bigint
                             AND told.inserted_at >= transaction_timestamp()
                       ) THEN
                        RAISE EXCEPTION 'who may read an entry changes only by an entry about its marking'
                            USING ERRCODE = 'restrict_violation';
                    END IF;
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.marking}"


class TombstoneQuerySet(models.QuerySet["Tombstone"]):
    """Tombstones; a reader sees those of what the narrowing took from them."""

    def visible_to(self, viewer: Viewer) -> Self:
        """What the reader could see as it was marked before, and not as it was marked from then on."""
        before = visible_q(viewer, subject="subject_id", was="was_")
        since = Entry.objects.filter(visible_q(viewer, subject="subject_id"))
        return self.filter(before).exclude(told_by__in=since).exclude(told_by__in=Entry.objects.visible_to(viewer))


class Tombstone(models.Model):
    """What became invisible to some readers: told only to those who could see it before.

    Its place in the order is that of the entry that narrowed, which they do not see.
    """

    public_id = models.UUIDField(db_default=RandomUUID(), unique=True, editable=False)
    told_by = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="tombstones")
    negotiation = models.ForeignKey("negotiations.Negotiation", null=True, on_delete=models.PROTECT, related_name="+")
    subject_type = models.CharField(max_length=32)
    subject_id = models.UUIDField()
    was_marking = code(Marking)
    was_organisation = models.ForeignKey(
        "negotiations.Organisation", null=True, on_delete=models.PROTECT, related_name="+"
    )

    append_only: ClassVar[bool] = True

    objects = TombstoneQuerySet.as_manager()

    class Meta:
        constraints = known("tombstone", was_marking=Marking)
        triggers = [APPEND_ONLY]

    def __str__(self) -> str:
        return f"tombstone of {self.subject_type} {self.subject_id}"


class StateVersion(models.Model):
    """What was so of one subject over a range of the world's time, as known over a range of ours.

    Derived from the entries and rebuildable from them; answers `as_of` and `known_at` by one index.
    """

    negotiation = models.ForeignKey("negotiations.Negotiation", null=True, on_delete=models.PROTECT, related_name="+")
    subject_type = models.CharField(max_length=32)
    subject_id = models.UUIDField()
    effective = DateTimeRangeField()
    known = DateTimeRangeField()
    values = models.JSONField()

    class Meta:
        indexes = [
            # int8range so that the scalar can lead a GiST index without a contrib extension.
            GistIndex(
                Func(F("negotiation_id"), F("negotiation_id"), Value("[]"), function="int8range"),
                F("effective"),
                F("known"),
                name="stateversion_moment",
            ),
            models.Index(fields=["subject_id"], name="stateversion_subject"),
            # The one that the next entry continues, however many came before.
            models.Index(
                fields=["subject_id"],
                name="stateversion_endless",
                condition=Q(known__upper_inf=True, effective__upper_inf=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject_type} {self.subject_id} over {self.effective}"


class OutboxRow(models.Model):
    """One entry that readers outside the transaction still have to hear of: the row is the queue."""

    entry = models.OneToOneField(Entry, primary_key=True, on_delete=models.PROTECT, related_name="outbox")
    created_at = models.DateTimeField(db_default=Now())
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["created_at"], name="outbox_due", condition=Q(done_at__isnull=True))]

    def __str__(self) -> str:
        return f"outbox of {self.entry_id}"
