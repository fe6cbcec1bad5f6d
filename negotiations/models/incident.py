"""Incidents: alleged violations and other events."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from negotiations.rules.codes import IncidentStatus, IncidentType, Severity

from .base import MarkedItem, code, known, marked, recorded_with

FINDINGS = (IncidentStatus.CONFIRMED_VIOLATION, IncidentStatus.NOT_A_VIOLATION, IncidentStatus.INCONCLUSIVE)


class Incident(MarkedItem):
    """An event that somebody alleges to touch conditions; a finding is only ever a named body's.

    `where_prec` (1 exact to 7 international) and `date_prec` (1 day to 5 more than a year) follow
    the UCDP codebook. Without conditions it is context until somebody ties it to one.
    """

    REF_PREFIX = "I"

    ref = models.CharField(max_length=16)
    type = code(IncidentType)
    status = code(IncidentStatus, default=IncidentStatus.ALLEGED)
    title = models.CharField(max_length=200)
    title_ar = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    text_ar = models.TextField(blank=True)
    conditions = models.ManyToManyField(
        "negotiations.Condition", through="negotiations.IncidentCondition", related_name="incidents"
    )
    alleged_by = models.ForeignKey(
        "negotiations.Actor", null=True, blank=True, on_delete=models.PROTECT, related_name="incidents_alleged"
    )
    alleged_responsible = models.ForeignKey(
        "negotiations.Actor", null=True, blank=True, on_delete=models.PROTECT, related_name="incidents_attributed"
    )
    found_by = models.ForeignKey(
        "negotiations.Actor", null=True, blank=True, on_delete=models.PROTECT, related_name="findings"
    )
    found_at = models.DateTimeField(null=True, blank=True)
    finding = models.TextField(blank=True)
    severity = code(Severity, blank=True)
    deaths_low = models.PositiveIntegerField(null=True, blank=True)
    deaths_best = models.PositiveIntegerField(null=True, blank=True)
    deaths_high = models.PositiveIntegerField(null=True, blank=True)
    place = models.CharField(max_length=160, blank=True)
    place_ar = models.CharField(max_length=160, blank=True)
    where_prec = models.PositiveSmallIntegerField(null=True, blank=True)
    date_prec = models.PositiveSmallIntegerField(null=True, blank=True)
    happened_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta(MarkedItem.Meta):
        constraints = [
            *marked("incident"),
            *known("incident", blank=("severity",), type=IncidentType, status=IncidentStatus, severity=Severity),
            models.UniqueConstraint(fields=["negotiation", "ref"], name="incident_ref_unique"),
            models.CheckConstraint(
                name="incident_finding_is_named", condition=~Q(status__in=FINDINGS) | Q(found_by__isnull=False)
            ),
            models.CheckConstraint(
                name="incident_where_prec_1_to_7", condition=Q(where_prec__isnull=True) | Q(where_prec__range=(1, 7))
            ),
            models.CheckConstraint(
                name="incident_date_prec_1_to_5", condition=Q(date_prec__isnull=True) | Q(date_prec__range=(1, 5))
            ),
            models.CheckConstraint(
                name="incident_deaths_in_order",
                condition=(
                    Q(deaths_low__isnull=True) | Q(deaths_best__isnull=True) | Q(deaths_low__lte=F("deaths_best"))
                )
                & (Q(deaths_high__isnull=True) | Q(deaths_best__isnull=True) | Q(deaths_high__gte=F("deaths_best"))),
            ),
        ]
        # The order of lists, so that a page far down costs what the first one does.
        indexes = [models.Index(fields=["negotiation", "happened_at", "public_id"], name="incident_reading")]

    def __str__(self) -> str:
        return f"{self.ref} {self.title}"


class IncidentCondition(models.Model):
    """A condition that an incident is said to touch."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="about")
    condition = models.ForeignKey("negotiations.Condition", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["incident", "condition"], name="incidentcondition_once")]
        triggers = [recorded_with("negotiations_incident", "incident_id")]

    def __str__(self) -> str:
        return f"{self.incident_id} about {self.condition_id}"
