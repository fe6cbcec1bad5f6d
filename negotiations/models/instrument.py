"""Instruments: the agreement texts themselves, and their clauses."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from negotiations.rules.codes import InstrumentKind

from .base import MarkedItem, code, known, marked, recorded_with


class Instrument(MarkedItem):
    """A text that binds or proposes to bind: an agreement, an annex, a resolution."""

    IS_STRUCTURE = True
    REF_PREFIX = "T"

    ref = models.CharField(max_length=16)
    kind = code(InstrumentKind)
    title = models.CharField(max_length=300)
    title_ar = models.CharField(max_length=300, blank=True)
    dated_on = models.DateField(null=True, blank=True)
    in_force_from = models.DateTimeField(null=True, blank=True)
    in_force_until = models.DateTimeField(null=True, blank=True)
    signatories = models.ManyToManyField("negotiations.Actor", through="negotiations.Signature", related_name="+")
    amends = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="amended_by")
    replaces = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by")
    texts = models.JSONField(default=dict, blank=True, help_text="{language: text}")
    authentic_languages = models.JSONField(default=list, blank=True)
    pax_agreement_id = models.CharField(max_length=32, blank=True)
    url = models.URLField(max_length=500, blank=True)

    class Meta(MarkedItem.Meta):
        constraints = [
            *marked("instrument"),
            *known("instrument", kind=InstrumentKind),
            models.UniqueConstraint(fields=["negotiation", "ref"], name="instrument_ref_unique"),
            models.CheckConstraint(
                name="instrument_not_its_own_past",
                condition=(Q(amends__isnull=True) | ~Q(amends=F("id")))
                & (Q(replaces__isnull=True) | ~Q(replaces=F("id"))),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Signature(models.Model):
    """An actor's name under an instrument."""

    instrument = models.ForeignKey(Instrument, on_delete=models.CASCADE, related_name="signatures")
    actor = models.ForeignKey("negotiations.Actor", on_delete=models.PROTECT, related_name="signatures")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["instrument", "actor"], name="signature_once")]
        triggers = [recorded_with("negotiations_instrument", "instrument_id")]

    def __str__(self) -> str:
        return f"{self.actor_id} signs {self.instrument_id}"


class Clause(MarkedItem):
    """A numbered passage of an instrument; a condition cites the clause it comes from."""

    IS_STRUCTURE = True

    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="clauses")
    number = models.CharField(max_length=24)
    position = models.PositiveIntegerField(default=0)
    text = models.TextField()
    text_ar = models.TextField(blank=True)
    text_language = models.CharField(max_length=8, default="en")
    is_paraphrase = models.BooleanField(default=False, help_text="A report's wording, not the instrument's own.")

    class Meta(MarkedItem.Meta):
        constraints = [
            *marked("clause"),
            models.UniqueConstraint(fields=["instrument", "number"], name="clause_number_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.number}"
