"""Conditions as documents."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from negotiations.rules.codes import (
    AgreementState,
    Anchor,
    ClaimKind,
    Comparator,
    ConditionCategory,
    ConditionKind,
    ConditionStatus,
    Credibility,
    GateAuthority,
    LinkType,
    Marking,
    QuantityPer,
    Reliability,
    SourceKind,
    TranslatedBy,
    VerificationMethod,
    VerifiedBy,
    VerifierAccess,
)
from negotiations.rules.freshness import Freshness
from negotiations.rules.holds import HoldKind

from .fields import ActorName, Provenance, code, codes_or_none, measure, moment, refs, retracted_refs


class ClauseName(serializers.Serializer[Any]):
    """A numbered passage of an instrument."""

    instrument = serializers.CharField()
    number = serializers.CharField()


class SourceLine(serializers.Serializer[Any]):
    """A source, graded for its reliability."""

    id = serializers.UUIDField()
    ref = serializers.CharField()
    kind = code(SourceKind)
    publisher = serializers.CharField()
    title = serializers.CharField()
    url = serializers.CharField(allow_blank=True)
    archived_url = serializers.CharField(allow_blank=True)
    published_at = moment()
    reliability = code(Reliability)
    retracted_at = moment("When its publisher took it back.")
    marking = code(Marking)


class CitationLine(serializers.Serializer[Any]):
    """A passage of a source that an entry rests on."""

    source = SourceLine()  # type: ignore[assignment]  # the document's own word
    credibility = code(Credibility)
    quote = serializers.CharField(allow_blank=True)
    quote_language = serializers.CharField(allow_blank=True)
    translation = serializers.CharField(allow_blank=True)
    translated_by = code(TranslatedBy, allow_blank=True)
    locator = serializers.CharField(allow_blank=True)
    grade = serializers.CharField(help_text='Reliability and credibility together, as in "B2".')


class Basis(serializers.Serializer[Any]):
    """The entry that set the present status, and what it rests on."""

    entry = serializers.UUIDField()
    at = moment("When it became so.", nullable=False)
    reason = serializers.CharField(allow_blank=True)
    no_source_reason = serializers.CharField(allow_blank=True)
    citations = CitationLine(many=True)


class Quantity(serializers.Serializer[Any]):
    """A measure against a target."""

    value = measure()
    target = measure()
    unit = serializers.CharField(allow_blank=True)
    unit_ar = serializers.CharField(allow_blank=True)
    comparator = codes_or_none(Comparator)
    per = codes_or_none(QuantityPer)
    ratio_to = serializers.CharField(allow_null=True, help_text="Ref of the condition it is a ratio to.")
    tolerance = measure()


class VerificationLine(serializers.Serializer[Any]):
    """Whose word the status rests on, how it was found and with what access."""

    by = code(VerifiedBy)
    actor = ActorName(allow_null=True)
    method = codes_or_none(VerificationMethod)
    access = codes_or_none(VerifierAccess)
    at = moment()


class Due(serializers.Serializer[Any]):
    """When it is due: by the text, as extended, and as it would follow from anchors still open."""

    at = moment("The moment in force; null where an anchor has not happened.")
    at_by_text = moment()
    projected_at = moment("Supposes that open anchors happen when they are themselves due.")
    anchor = codes_or_none(Anchor)
    anchor_phase = serializers.IntegerField(allow_null=True)
    anchor_condition = serializers.CharField(allow_null=True)
    offset = serializers.CharField(allow_null=True, help_text="ISO 8601 duration.")
    extended_to = moment()
    long_stop_at = moment()
    is_overdue = serializers.BooleanField()
    is_met_late = serializers.BooleanField()
    late_by = serializers.CharField(allow_null=True, help_text="How late it was met, as an ISO 8601 duration.")
    is_past_long_stop = serializers.BooleanField()


class FreshnessLine(serializers.Serializer[Any]):
    """When somebody last checked that the status is still true."""

    state = code(Freshness)
    checked_at = moment()
    checked_where = serializers.CharField(allow_blank=True)
    due_at = moment()
    stale_at = moment()


class HoldLine(serializers.Serializer[Any]):
    """One thing an open condition waits for."""

    kind = code(HoldKind)
    on = serializers.CharField(allow_null=True, help_text="Ref of a condition or a dispute.")
    is_binding = serializers.BooleanField()
    owed = measure()


class GateLine(serializers.Serializer[Any]):
    """A phase that this condition gates, and who says so."""

    id = serializers.UUIDField()
    phase = serializers.IntegerField()
    authority = code(GateAuthority)
    asserted_by = ActorName(many=True)


class LinkLine(serializers.Serializer[Any]):
    """A tie to another condition."""

    type = code(LinkType)
    other = serializers.CharField()
    offset = serializers.CharField(allow_null=True)
    ratio = measure()


class ClaimLine(serializers.Serializer[Any]):
    """The latest that one claimant says of the condition."""

    id = serializers.UUIDField()
    ref = serializers.CharField()
    claimant = ActorName()
    speaker = serializers.CharField(allow_blank=True)
    kind = code(ClaimKind)
    text = serializers.CharField()
    text_ar = serializers.CharField(allow_blank=True)
    text_language = serializers.CharField()
    value_low = measure()
    value_best = measure()
    value_high = measure()
    unit = serializers.CharField(allow_blank=True)
    period_start = moment()
    period_end = moment()
    said_at = moment(nullable=False)
    marking = code(Marking)


class LastTimeLine(serializers.Serializer[Any]):
    """The condition of the earlier attempt that this one resembles, as that attempt ended."""

    negotiation = serializers.SlugField()
    id = serializers.UUIDField()
    ref = serializers.CharField()
    title = serializers.CharField()
    title_ar = serializers.CharField(allow_blank=True)
    status = code(ConditionStatus)
    status_label = serializers.CharField()
    status_since = moment()
    marking = code(Marking)


class ConditionLine(serializers.Serializer[Any]):
    """An obligation of the text: what it asks, what is claimed, what was found, where it is assessed to stand."""

    id = serializers.UUIDField()
    ref = serializers.CharField()
    phase = serializers.IntegerField(allow_null=True)
    title = serializers.CharField()
    title_ar = serializers.CharField(allow_blank=True)
    text = serializers.CharField(allow_blank=True)
    text_ar = serializers.CharField(allow_blank=True)
    clause = ClauseName(allow_null=True)
    kind = code(ConditionKind)
    category = code(ConditionCategory)
    agreement_state = code(AgreementState)
    specificity = serializers.IntegerField(allow_null=True)
    obligors = ActorName(many=True)
    beneficiary = ActorName(allow_null=True)
    verifier = ActorName(allow_null=True)
    status = code(ConditionStatus)
    status_label = serializers.CharField(help_text="Continuous conditions read Holding or Not holding.")
    level = serializers.IntegerField(allow_null=True, help_text="PAM-style, on plain progress only.")
    status_since = moment()
    assessed = Basis(allow_null=True)
    quantity = Quantity(allow_null=True)
    verification = VerificationLine(allow_null=True)
    finding_rejected_by = ActorName(allow_null=True)
    waived_by = ActorName(allow_null=True)
    suspended_until = serializers.CharField(allow_blank=True)
    due = Due(allow_null=True)
    freshness = FreshnessLine()
    is_blocked = serializers.BooleanField()
    rests_on_retracted = retracted_refs()
    held_by = HoldLine(many=True)
    gates = GateLine(many=True)
    links = LinkLine(many=True)
    disputes = refs("Open disputes over it.")
    claims = ClaimLine(many=True)
    last_time = LastTimeLine(allow_null=True)
    marking = code(Marking)
    version = serializers.IntegerField()


class NegotiationName(serializers.Serializer[Any]):
    """The negotiation an item belongs to."""

    slug = serializers.CharField()
    title = serializers.CharField()
    title_ar = serializers.CharField(allow_blank=True)


class ConditionUrls(serializers.Serializer[Any]):
    """Where to go on from a condition."""

    self = serializers.URLField()
    status = serializers.URLField()


class ConditionItem(ConditionLine, Provenance):
    """One condition, with what its reader may do to it."""

    negotiation = NegotiationName()
    as_of = moment("The moment the flags are computed at.", nullable=False)
    known_at = moment("Told as known at this moment; null for as known now.")
    is_past = serializers.BooleanField()
    coverage_has_ended = serializers.BooleanField()
    valid_until = moment("When a flag flips by the mere passing of time.")
    allowed_actions = serializers.ListField(child=serializers.CharField())
    urls = ConditionUrls()
