"""Sources and citations: what every statement rests on."""

from __future__ import annotations

from typing import ClassVar, Self

import pgtrigger
from django.db import models
from django.db.models import Q

from negotiations.rules.codes import Credibility, Reliability, SourceKind, TranslatedBy
from negotiations.rules.marking import Viewer

from .base import MarkedItem, code, known, marked
from .record import Entry


class Source(MarkedItem):
    """A document, statement or conversation, graded for its reliability.

    `origin` groups reprints: sources of one origin count as one. `attribution` is how it may be
    named to wider readers than its identity ("a diplomat briefed on the talks").
    """

    REF_PREFIX = "S"

    ref = models.CharField(max_length=16)
    kind = code(SourceKind, default=SourceKind.NEWS_REPORT)
    publisher = models.CharField(max_length=200)
    title = models.CharField(max_length=400)
    title_ar = models.CharField(max_length=400, blank=True)
    title_language = models.CharField(max_length=8, default="en")
    url = models.URLField(max_length=600, blank=True)
    archived_url = models.URLField(max_length=600, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    accessed_at = models.DateTimeField(null=True, blank=True)
    language = models.CharField(max_length=8, default="en")
    sha256 = models.CharField(max_length=64, blank=True)
    reliability = code(Reliability, default=Reliability.F)
    origin = models.CharField(max_length=120, blank=True)
    attribution = models.CharField(max_length=200, blank=True)
    retracted_at = models.DateTimeField(null=True, blank=True)

    class Meta(MarkedItem.Meta):
        constraints = [
            *marked("source"),
            *known("source", kind=SourceKind, reliability=Reliability),
            models.UniqueConstraint(fields=["negotiation", "ref"], name="source_ref_unique"),
            models.CheckConstraint(
                name="source_sha256_is_hex", condition=Q(sha256="") | Q(sha256__regex=r"^[0-9a-f]{64}$")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ref} {self.title}"


class CitationQuerySet(models.QuerySet["Citation"]):
    """Citations; a reader sees one whose source and whose entries they may see."""

    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(
            source__in=Source.objects.visible_to(viewer),
            entry__in=Entry.objects.visible_to(viewer),
            told_by__in=Entry.objects.visible_to(viewer),
        )


class Citation(models.Model):
    """What ties a source to an entry: the passage, its translation, and how credible it is this time.

    `entry` is what it supports. `told_by` is the entry whose payload holds it: the same one, or,
    where the source is marked narrower than the entry, one of its own as narrow as the source.
    """

    append_only: ClassVar[bool] = False

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="citations")
    told_by = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="citations")
    quote = models.TextField(blank=True)
    quote_language = models.CharField(max_length=8, blank=True)
    translation = models.TextField(blank=True)
    translated_by = code(TranslatedBy, blank=True)
    translator = models.CharField(max_length=120, blank=True)
    locator = models.CharField(max_length=120, blank=True)
    credibility = code(Credibility, default=Credibility.CANNOT_BE_JUDGED)

    objects = CitationQuerySet.as_manager()

    class Meta:
        constraints = [
            *known("citation", blank=("translated_by",), translated_by=TranslatedBy, credibility=Credibility),
            models.CheckConstraint(
                name="citation_translator_is_said", condition=Q(translation="") | ~Q(translated_by="")
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="only_redacted",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func="""
                    IF NEW.quote <> '' OR NEW.translation <> '' OR NEW.locator <> '' OR NEW.translator <> ''
                       OR (NEW.entry_id, NEW.told_by_id, NEW.source_id, NEW.credibility)
                          IS DISTINCT FROM (OLD.entry_id, OLD.told_by_id, OLD.source_id, OLD.credibility)
                       OR NOT EXISTS (
                           SELECT 1 FROM negotiations_entry
                           WHERE supersedes_id = OLD.told_by_id AND verb = 'entry.redacted'
                             AND transaction_id = pg_current_xact_id()::text::bigint
                             AND inserted_at >= transaction_timestamp()
                       ) THEN
                        RAISE EXCEPTION 'a citation changes only by a redaction'
                            USING ERRCODE = 'restrict_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} for {self.entry_id}"

    @property
    def grade(self) -> str:
        """Reliability of the source and credibility of this piece, as in "B2"."""
        return f"{self.source.reliability}{self.credibility}"
