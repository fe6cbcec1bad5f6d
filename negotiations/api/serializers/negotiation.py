"""Negotiations as documents."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from negotiations.rules.codes import CeasefireClass, CoverageArea, Marking, NegotiationStatus, Sides, TalksFormat

from .fields import Provenance, code, codes_or_none, moment, retracted_refs


class NegotiationUrls(serializers.Serializer[Any]):
    """Where to go on from a negotiation."""

    self = serializers.URLField()
    state = serializers.URLField(help_text="The phase-state document.")
    page = serializers.URLField(help_text="The page for people.")


class NegotiationFacts(serializers.Serializer[Any]):
    """A negotiation's own facts."""

    id = serializers.UUIDField()
    slug = serializers.CharField()
    title = serializers.CharField()
    title_ar = serializers.CharField(allow_blank=True)
    summary = serializers.CharField(allow_blank=True)
    summary_ar = serializers.CharField(allow_blank=True)
    status = code(NegotiationStatus)
    status_label = serializers.CharField()
    rests_on_retracted = retracted_refs()
    purpose = serializers.CharField(allow_blank=True)
    talks_format = codes_or_none(TalksFormat)
    ceasefire_class = codes_or_none(CeasefireClass)
    sides = codes_or_none(Sides)
    coverage_area = codes_or_none(CoverageArea)
    time_zone = serializers.CharField(help_text="IANA name; a date in `as_of` ends in it.")
    entry_into_force_at = moment()
    coverage_start = moment()
    coverage_end = moment("Null while the negotiation is followed live.")
    pax_process_id = serializers.CharField(allow_blank=True)
    pax_agreement_ids = serializers.ListField(child=serializers.JSONField())
    ucdp_conflict_id = serializers.CharField(allow_blank=True)
    marking = code(Marking)
    version = serializers.IntegerField()


class NegotiationLine(NegotiationFacts):
    """A negotiation in a list."""

    urls = NegotiationUrls()


class NegotiationPage(Provenance):
    """One page of negotiations; `next` is the address of the following one."""

    results = NegotiationLine(many=True)
    next = serializers.URLField(allow_null=True)


class NegotiationDocument(NegotiationLine, Provenance):
    """One negotiation."""

    as_of = moment("The earlier moment that was asked about; null for the latest.")
    known_at = moment("Told as known at this moment; null for as known now.")
    is_past = serializers.BooleanField()
    coverage_has_ended = serializers.BooleanField()
