"""The phase-state document."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from negotiations.rules.codes import (
    Channel,
    ConditionCategory,
    ConditionStatus,
    DisputeCategory,
    DisputeStatus,
    DisputeType,
    Likelihood,
    Marking,
    PhaseStatus,
    Rung,
    Stance,
    ThirdPartyRole,
    Trend,
)
from negotiations.rules.completeness import GapKind
from negotiations.rules.gates import GateStanding, VerdictKind
from negotiations.rules.steps import StepKind

from .condition import ClauseName, ConditionLine
from .fields import ActorName, Provenance, code, measure, moment, refs, retracted_refs
from .negotiation import NegotiationFacts, NegotiationUrls


class VerdictLine(serializers.Serializer[Any]):
    """What can be said of a phase in one sentence, and the same as data; by the gates of the text alone."""

    kind = code(VerdictKind)
    phase = serializers.IntegerField()
    sentence = serializers.CharField()
    remarks = serializers.ListField(child=serializers.CharField())
    open = serializers.IntegerField()
    total = serializers.IntegerField()
    waived = serializers.IntegerField()
    disputed = serializers.IntegerField()


class GateStateLine(serializers.Serializer[Any]):
    """How one entry condition stands."""

    condition = serializers.CharField()
    standing = code(GateStanding)
    status = code(ConditionStatus)
    alternative = serializers.CharField(allow_null=True, help_text="The condition that holds in its place.")
    disputes = refs("Open disputes over whether it is an entry condition at all.")


class ReadingLine(serializers.Serializer[Any]):
    """The entry conditions by one authority."""

    satisfied = serializers.IntegerField()
    open = serializers.IntegerField()
    total = serializers.IntegerField()
    gates = GateStateLine(many=True)


class MutualPreconditionLine(serializers.Serializer[Any]):
    """Conditions that wait for one another, and the parties that would have to move together."""

    conditions = refs()
    parties = ActorName(many=True)


class BlockersLine(serializers.Serializer[Any]):
    """What a phase waits for."""

    open = refs("Its open entry conditions.")
    behind_them = refs("Open conditions that those wait for.")
    disputes = refs()
    mutual_preconditions = MutualPreconditionLine(many=True)
    longest_chain = serializers.ListField(child=refs(), help_text="A circle is one step.")


class OtherReadingLine(ReadingLine):
    """What an actor says must hold as well: a reading of its own, never summed with the text's."""

    asserted_by = ActorName()
    sentence = serializers.CharField()
    blockers = BlockersLine()


class UnlocksLine(serializers.Serializer[Any]):
    """What nothing else would hold once the step is taken."""

    conditions = refs()
    phases = serializers.ListField(
        child=serializers.IntegerField(), help_text="Numbers of phases with no other open entry condition."
    )


class NextStepLine(serializers.Serializer[Any]):
    """A step that no other condition stands before: who is to act under the text, and which clauses say so."""

    kind = code(StepKind)
    conditions = refs()
    actors = ActorName(many=True)
    clauses = ClauseName(many=True)
    in_dispute = refs("Open disputes over it, which do not release anybody from the text.")
    dispute = serializers.CharField(allow_null=True, help_text="The dispute to settle, where that is the step.")
    owed = measure("What is owed now by the ratio of the exchange.")
    unlocks = UnlocksLine(allow_null=True, help_text="Told of the first steps only.")


class EarliestStartLine(serializers.Serializer[Any]):
    """The earliest start that the offsets of the text allow; not firm while its anchor has not happened."""

    at = moment()
    is_firm = serializers.BooleanField()


class ReadinessLine(serializers.Serializer[Any]):
    """How ready a phase is."""

    verdict = VerdictLine()
    text = ReadingLine()
    others = OtherReadingLine(many=True)
    blockers = BlockersLine()
    next_steps = NextStepLine(many=True)
    disputes = refs("Open disputes over the phase itself.")


class DeclarationLine(serializers.Serializer[Any]):
    """What somebody declared of a phase; the assessed status does not move by it."""

    status = code(PhaseStatus)
    by = ActorName(allow_null=True)
    at = moment(nullable=False)


class PlanLine(serializers.Serializer[Any]):
    """When a phase was to start and end by the text, and to when it was extended."""

    start_at = moment()
    end_at = moment()
    extended_to = moment()


class PhaseLine(serializers.Serializer[Any]):
    """A step of the roadmap."""

    id = serializers.UUIDField()
    number = serializers.IntegerField()
    title = serializers.CharField()
    title_ar = serializers.CharField(allow_blank=True)
    summary = serializers.CharField(allow_blank=True)
    summary_ar = serializers.CharField(allow_blank=True)
    status = code(PhaseStatus)
    status_label = serializers.CharField()
    rests_on_retracted = retracted_refs()
    declared = DeclarationLine(allow_null=True)
    planned = PlanLine()
    started_at = moment()
    ended_at = moment()
    earliest_start = EarliestStartLine(allow_null=True)
    readiness = ReadinessLine()
    marking = code(Marking)
    version = serializers.IntegerField()


class PositionLine(serializers.Serializer[Any]):
    """Where an actor stands now: its latest dated statement."""

    id = serializers.UUIDField()
    ref = serializers.CharField()
    actor = ActorName()
    stance = code(Stance)
    stance_label = serializers.CharField()
    summary = serializers.CharField()
    summary_ar = serializers.CharField(allow_blank=True)
    quote = serializers.CharField(allow_blank=True)
    quote_language = serializers.CharField(allow_blank=True)
    speaker = serializers.CharField(allow_blank=True)
    channel = code(Channel)
    stated_at = moment(nullable=False)
    marking = code(Marking)


class DisputeLine(serializers.Serializer[Any]):
    """A disagreement that holds something, with each actor's current position."""

    id = serializers.UUIDField()
    ref = serializers.CharField()
    title = serializers.CharField()
    title_ar = serializers.CharField(allow_blank=True)
    question = serializers.CharField(allow_blank=True)
    question_ar = serializers.CharField(allow_blank=True)
    category = code(DisputeCategory)
    type = code(DisputeType)
    status = code(DisputeStatus)
    status_label = serializers.CharField()
    rests_on_retracted = retracted_refs()
    rung = code(Rung)
    rung_due_at = moment()
    conditions = refs()
    phase = serializers.IntegerField(allow_null=True)
    gate = serializers.UUIDField(allow_null=True)
    opened_at = moment(nullable=False)
    closed_at = moment()
    outcome = serializers.CharField(allow_blank=True)
    positions = PositionLine(many=True)
    marking = code(Marking)
    version = serializers.IntegerField()


class OtherCountLine(serializers.Serializer[Any]):
    """Another count of the same delivery, by whoever made it; never added to anything."""

    by = ActorName()
    amount = measure()


class DeliveryLine(serializers.Serializer[Any]):
    """What one side has delivered in a stage, as assessed here, and of how much."""

    condition = serializers.CharField()
    delivered = measure("Null where nobody here has counted.")
    quota = measure()
    counted_by_others = OtherCountLine(many=True)


class StageLine(serializers.Serializer[Any]):
    """One stage of an exchange: what the answering side owes now by the text."""

    number = serializers.IntegerField()
    first = DeliveryLine()
    answer = DeliveryLine()
    due = measure()
    owed = measure("Null where it cannot be known; negative where the answering side is ahead.")


class ExchangeSideLine(serializers.Serializer[Any]):
    """Who delivers what in an exchange."""

    parties = ActorName(many=True)
    unit = serializers.CharField(allow_blank=True)
    unit_ar = serializers.CharField(allow_blank=True)


class ExchangeLine(serializers.Serializer[Any]):
    """An exchange under the text: the answering side delivers `ratio` units for one of the first side's."""

    ratio = measure()
    first = ExchangeSideLine()
    answer = ExchangeSideLine()
    stages = StageLine(many=True)


class WindowLine(serializers.Serializer[Any]):
    """A stretch of time in which something can still be done."""

    id = serializers.UUIDField()
    ref = serializers.CharField()
    title = serializers.CharField()
    title_ar = serializers.CharField(allow_blank=True)
    reason = serializers.CharField(allow_blank=True)
    reason_ar = serializers.CharField(allow_blank=True)
    opens_at = moment(nullable=False)
    closes_at = moment()
    closed_reason = serializers.CharField(allow_blank=True)
    phase = serializers.IntegerField(allow_null=True)
    is_open = serializers.BooleanField()
    marking = code(Marking)


class OutlookLine(serializers.Serializer[Any]):
    """An analyst's dated judgement on a stated question, in the terms of ICD 203."""

    id = serializers.UUIDField()
    ref = serializers.CharField()
    question = serializers.CharField()
    question_ar = serializers.CharField(allow_blank=True)
    likelihood = code(Likelihood)
    likelihood_label = serializers.CharField()
    percent_low = serializers.IntegerField()
    percent_high = serializers.IntegerField()
    trend = code(Trend)
    trend_label = serializers.CharField()
    rationale = serializers.CharField()
    rationale_ar = serializers.CharField(allow_blank=True)
    assessed_at = moment(nullable=False)
    resolves_at = moment()
    outcome = serializers.BooleanField(allow_null=True)
    resolved_at = moment()
    is_illustrative = serializers.BooleanField()
    phase = serializers.IntegerField(allow_null=True)
    marking = code(Marking)


class PartyLine(serializers.Serializer[Any]):
    """One of the sides, in alphabetical order."""

    id = serializers.UUIDField()
    actor = ActorName()
    represented_by = serializers.CharField(allow_blank=True)
    marking = code(Marking)


class ThirdPartyLine(PartyLine):
    """An outsider's role."""

    role = code(ThirdPartyRole)


class GapLine(serializers.Serializer[Any]):
    """One kind of thing the text leaves open, to be worked off; without items it concerns the roadmap as a whole."""

    kind = code(GapKind)
    label = serializers.CharField()  # type: ignore[assignment]  # the document's word, not the serializer's
    meaning = serializers.CharField()
    conditions = serializers.ListField(child=serializers.CharField(), help_text="Refs.")
    phases = serializers.ListField(child=serializers.IntegerField(), help_text="Numbers.")


class BaseRateLine(serializers.Serializer[Any]):
    """How provisions of a category fared among peace accords: an outside view, never a forecast."""

    category = code(ConditionCategory)
    sentences = serializers.ListField(child=serializers.CharField())
    caveat = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment]  # likewise
    url = serializers.URLField()


class PhaseStateDocument(Provenance):
    """Where every phase stands, what blocks the next one, and who says so."""

    negotiation = NegotiationFacts()
    as_of = moment("Since when nothing in it has changed, or the moment asked about.", nullable=False)
    known_at = moment("Told as known at this moment; null for as known now.")
    is_past = serializers.BooleanField()
    coverage_has_ended = serializers.BooleanField()
    valid_until = moment("When a flag flips by the mere passing of time; null where none will.")
    verdict = VerdictLine(allow_null=True, help_text="Of the phase in question: the next one to start.")
    parties = PartyLine(many=True)
    third_parties = ThirdPartyLine(many=True)
    phases = PhaseLine(many=True)
    conditions = ConditionLine(many=True)
    disputes = DisputeLine(many=True)
    exchanges = ExchangeLine(many=True)
    completeness = GapLine(many=True)
    base_rates = BaseRateLine(many=True)
    windows = WindowLine(many=True)
    outlook = OutlookLine(many=True)
    urls = NegotiationUrls()
