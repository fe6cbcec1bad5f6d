"""Negotiations: one peace process as it is followed here."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from negotiations.rules.codes import CeasefireClass, CoverageArea, Marking, NegotiationStatus, Sides, TalksFormat
from negotiations.rules.marking import Viewer

from .base import Tracked, code, known, visible_q
from .zones import check_zone


class NegotiationQuerySet(models.QuerySet["Negotiation"]):
    """Negotiations; `visible_to` is the only door to them for a reader."""

    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(visible_q(viewer, negotiation=""))


class Negotiation(Tracked):
    """A ceasefire as it is negotiated: its parties, phases, conditions, disputes and all that is said of them.

    `coverage_end` is empty while it is followed live; otherwise pages and API answer as of that
    moment. `published` opens its TLP:CLEAR part to everybody.
    """

    UNTOLD = frozenset({"id", "public_id", "version"})
    IS_STRUCTURE = True

    slug = models.SlugField(max_length=80)
    title = models.CharField(max_length=200)
    title_ar = models.CharField(max_length=200, blank=True)
    summary = models.TextField(blank=True)
    summary_ar = models.TextField(blank=True)
    status = code(NegotiationStatus, default=NegotiationStatus.EXPLORATORY)
    talks_format = code(TalksFormat, blank=True)
    ceasefire_class = code(CeasefireClass, blank=True)
    sides = code(Sides, blank=True)
    coverage_area = code(CoverageArea, blank=True)
    purpose = models.TextField(blank=True)
    time_zone = models.CharField(max_length=64, default="UTC", validators=[check_zone])
    entry_into_force_at = models.DateTimeField(null=True, blank=True)
    coverage_start = models.DateTimeField(null=True, blank=True)
    coverage_end = models.DateTimeField(null=True, blank=True)
    preceded_by = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="followed_by")
    pax_process_id = models.CharField(max_length=32, blank=True)
    pax_agreement_ids = models.JSONField(default=list, blank=True)
    ucdp_conflict_id = models.CharField(max_length=32, blank=True)
    published = models.BooleanField(default=False)
    marking = code(Marking, default=Marking.CLEAR)
    two_person_rule = models.BooleanField(default=False)
    shows_gap = models.BooleanField(default=False)
    mails_amber = models.BooleanField(
        default=False, help_text="Whether mail and webhooks may carry TLP:AMBER content, as the lead decides."
    )

    objects = NegotiationQuerySet.as_manager()

    class Meta(Tracked.Meta):
        constraints = [
            *known(
                "negotiation",
                blank=("talks_format", "ceasefire_class", "sides", "coverage_area"),
                status=NegotiationStatus,
                talks_format=TalksFormat,
                ceasefire_class=CeasefireClass,
                sides=Sides,
                coverage_area=CoverageArea,
                marking=Marking,
            ),
            models.UniqueConstraint(fields=["slug"], name="negotiation_slug_unique"),
            models.CheckConstraint(
                name="negotiation_coverage_in_order",
                condition=Q(coverage_end__isnull=True)
                | Q(coverage_start__isnull=True)
                | Q(coverage_end__gte=F("coverage_start")),
            ),
            models.CheckConstraint(name="negotiation_not_its_own_past", condition=~Q(preceded_by=F("id"))),
        ]

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        return f"/n/{self.slug}/"

    @property
    def negotiation_id(self) -> Any:
        """Itself, so that a negotiation can be asked like its parts which negotiation it is in."""
        return self.pk
