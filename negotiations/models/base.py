"""What every recorded row has in common: identity, version, marking, and guards in the database."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar, Self

import pgtrigger
from django.db import models
from django.db.models import Exists, OuterRef, Q

from negotiations.rules.codes import Code, Marking
from negotiations.rules.marking import Viewer, rank

from .reader import NamedReader


def code(kind: type[Code], *, default: Code | None = None, blank: bool = False) -> models.CharField[Any, Any]:
    """A column that holds one code of `kind`; pair it with `known` so that the database agrees."""
    options: dict[str, Any] = {"default": default.value} if default is not None else {}
    if blank:
        options = {"default": "", "blank": True}
    return models.CharField(max_length=32, choices=kind.choices(), **options)


def known(table: str, blank: tuple[str, ...] = (), **kinds: type[Code]) -> list[models.BaseConstraint]:
    """Named check constraints that each column holds a code of its kind, or nothing where `blank`."""
    return [
        models.CheckConstraint(
            name=f"{table}_{column}_known",
            condition=Q(**{f"{column}__in": [*(c.value for c in kind), *([""] if column in blank else [])]}),
        )
        for column, kind in kinds.items()
    ]


def recorded(column: str = "public_id") -> pgtrigger.Trigger:
    """A deferred guard: the row may only change with an entry for this very version of its subject.

    The entry must have been written in the same transaction; its time is compared as well because
    transaction numbers start anew when a backup is restored elsewhere.
    """
    return pgtrigger.Trigger(
        name="recorded",
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        timing=pgtrigger.Deferred,
        declare=[("changed", "record"), ("needed", "integer")],
        func=f"""
            IF TG_OP = 'DELETE' THEN changed := OLD; ELSE changed := NEW; END IF;
            needed := changed.version + CASE WHEN TG_OP = 'DELETE' THEN 1 ELSE 0 END;
            IF TG_OP = 'UPDATE' THEN
                IF NEW.public_id <> OLD.public_id OR NEW.version <= OLD.version THEN
                    RAISE EXCEPTION 'no change of % % without a new version', TG_TABLE_NAME, OLD.public_id
                        USING ERRCODE = 'restrict_violation';
                END IF;
            END IF;
            IF NOT EXISTS (
                SELECT 1 FROM negotiations_entry
                WHERE subject_id = changed.{column} AND subject_version = needed
                  AND transaction_id = pg_current_xact_id()::text::bigint
                  AND inserted_at >= transaction_timestamp()
            ) THEN
                RAISE EXCEPTION 'no change of % % without an entry', TG_TABLE_NAME, changed.public_id
                    USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN NULL;
        """,
    )


def recorded_with(parent: str, column: str) -> pgtrigger.Trigger:
    """The same guard for rows that only relate a subject to others: its parent needs an entry."""
    return pgtrigger.Trigger(
        name="recorded",
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        timing=pgtrigger.Deferred,
        declare=[("changed", "record")],
        func=f"""
            IF TG_OP = 'DELETE' THEN changed := OLD; ELSE changed := NEW; END IF;
            -- A tie that moved to another subject would leave the first one without a word.
            IF TG_OP = 'UPDATE' THEN
                IF NEW.{column} <> OLD.{column} THEN
                    RAISE EXCEPTION 'no change of % without an entry', TG_TABLE_NAME
                        USING ERRCODE = 'restrict_violation';
                END IF;
            END IF;
            IF NOT EXISTS (
                SELECT 1 FROM negotiations_entry e JOIN {parent} p ON p.public_id = e.subject_id
                WHERE p.id = changed.{column}
                  AND e.transaction_id = pg_current_xact_id()::text::bigint
                  AND e.inserted_at >= transaction_timestamp()
            ) THEN
                RAISE EXCEPTION 'no change of % without an entry', TG_TABLE_NAME
                    USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN NULL;
        """,
    )


class Tracked(models.Model):
    """A row whose every change is told by an entry of the record.

    `public_id` is the only identity a reader sees; `version` grows by one with each entry about it.
    """

    # Columns that say who may see or find the row or that are bookkeeping, not part of its story.
    UNTOLD: ClassVar[frozenset[str]] = frozenset({"id", "public_id", "version", "negotiation"})
    IS_STRUCTURE: ClassVar[bool] = False
    REF_PREFIX: ClassVar[str] = ""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        abstract = True
        triggers: ClassVar[list[pgtrigger.Trigger]] = [recorded()]

    @classmethod
    def noun(cls) -> str:
        """The word of the domain for this kind of row, as entries name their subject."""
        return str(cls._meta.model_name)


def visible_q(viewer: Viewer, *, negotiation: str = "negotiation", subject: str = "public_id", was: str = "") -> Q:
    """The decision table of `rules.marking` as a filter on rows with a marking and an organisation.

    `negotiation` is the path to the row's negotiation, empty for the negotiation itself; `subject`
    is the column that named readers of a RED item are listed under; `was` leads the names of the
    columns of rows that keep how something was marked before.
    """
    to_id = f"{negotiation}_id__in" if negotiation else "id__in"
    marking, organisation = f"{was}marking", f"{was}organisation_id"
    is_published = Q(**{f"{negotiation}__published" if negotiation else "published": True})
    wide = [Marking.CLEAR, Marking.GREEN] if viewer.is_member else [Marking.CLEAR]
    q = Q(**{f"{marking}__in": wide}) & is_published
    if viewer.user_id is None or not viewer.is_member:
        return q
    q |= Q(**{to_id: list(viewer.seats), f"{marking}__in": [Marking.CLEAR, Marking.GREEN]})
    cleared = {n: s for n, s in viewer.seats.items() if rank(s.clearance) >= rank(Marking.AMBER)}
    if cleared:
        q |= Q(**{to_id: list(cleared), marking: Marking.AMBER})
    strict: dict[int, list[int]] = {}
    for negotiation_id, seat in cleared.items():
        if rank(seat.clearance) >= rank(Marking.AMBER_STRICT) and seat.organisation_id is not None:
            strict.setdefault(seat.organisation_id, []).append(negotiation_id)
    # A negotiation is structure: never narrower than AMBER, and of no organisation.
    for organisation_id, negotiation_ids in strict.items() if negotiation else ():
        q |= Q(**{to_id: negotiation_ids, marking: Marking.AMBER_STRICT, organisation: organisation_id})
    named = NamedReader.objects.filter(subject_id=OuterRef(subject), user_id=viewer.user_id)
    return q | Q(Exists(named), **{to_id: list(viewer.seats), marking: Marking.RED})


class MarkedQuerySet(models.QuerySet["Any"]):
    """Rows with a marking; `visible_to` is the only door to them for a reader."""

    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(visible_q(viewer))


class MarkedItem(Tracked):
    """A tracked part of a negotiation with a marking of its own.

    `organisation` is the originator's, which TLP:AMBER+STRICT is bound to. `release_at` is an
    embargo: at that moment the item widens to `release_marking`, as the lead approved.
    """

    UNTOLD = Tracked.UNTOLD

    negotiation = models.ForeignKey("negotiations.Negotiation", on_delete=models.PROTECT, related_name="%(class)ss")
    marking = code(Marking, default=Marking.CLEAR)
    organisation = models.ForeignKey(
        "negotiations.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    release_at = models.DateTimeField(null=True, blank=True)
    release_marking = code(Marking, blank=True)

    objects = MarkedQuerySet.as_manager()

    class Meta(Tracked.Meta):
        abstract = True

    @classmethod
    def wholes(cls) -> list[str]:
        """Names of the relations to other marked items: whoever sees this row sees those too.

        What a row belongs to and what it merely names are treated alike, because either would tell
        a reader of something hidden.
        """
        fields = [*cls._meta.concrete_fields, *cls._meta.many_to_many]
        return [
            field.name
            for field in fields
            if isinstance(field.related_model, type) and issubclass(field.related_model, MarkedItem)
        ]


def marked(table: str) -> list[models.BaseConstraint]:
    """The constraints every marked table shares, named after it."""
    return [
        *known(table, blank=("release_marking",), marking=Marking, release_marking=Marking),
        models.CheckConstraint(
            name=f"{table}_strict_has_organisation",
            condition=~Q(marking=Marking.AMBER_STRICT) | Q(organisation__isnull=False),
        ),
        models.CheckConstraint(
            name=f"{table}_embargo_is_whole",
            condition=Q(release_at__isnull=True, release_marking="")
            | (Q(release_at__isnull=False) & ~Q(release_marking="")),
        ),
    ]
