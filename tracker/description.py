"""How the description of the interface for programs (OpenAPI) is made."""

from __future__ import annotations

# Every choice set has one stable name in the description, whichever field bears it.
RULES = "negotiations.rules"
DESCRIPTION = {
    "TITLE": "Ceasefire Negotiation Tracker",
    "DESCRIPTION": "Where each phase of a ceasefire stands, what blocks the next one, who says so, and what changed. "
    "Without credentials you read what is published and marked TLP:CLEAR, also from other origins.",
    "VERSION": "1",
    "LICENSE": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
    "OAS_VERSION": "3.1.1",
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_REQUEST": True,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "ENUM_NAME_OVERRIDES": {
        name.rsplit(".", 1)[-1]: f"{RULES}.{name}.choices"
        for name in (
            "codes.ActorKind", "codes.AgreementState", "codes.AlertChannel", "codes.Anchor", "codes.AttemptTrouble",
            "codes.CeasefireClass",
            "codes.Channel", "codes.ClaimKind", "codes.Comparator", "codes.ConditionCategory", "codes.ConditionKind",
            "codes.ConditionStatus", "codes.CoverageArea", "codes.Credibility", "codes.DeliveryState",
            "codes.DisputeCategory", "codes.DisputeStatus", "codes.DisputeType", "codes.ExportFormat",
            "codes.ExportState", "codes.FindingState",
            "codes.ImportKind", "codes.ImportState",
            "codes.GateAuthority", "codes.IncidentStatus", "codes.IncidentType", "codes.InstrumentKind",
            "codes.Likelihood", "codes.LinkType", "codes.Marking", "codes.MeetingKind", "codes.NegotiationStatus",
            "codes.PauseCause",
            "codes.PhaseStatus", "codes.QuantityPer", "codes.Reliability", "codes.ResponseKind", "codes.Rhythm",
            "codes.Role", "codes.Rung", "codes.Severity", "codes.Sides", "codes.SourceKind", "codes.Stance",
            "codes.SuppressionCause", "codes.TalksFormat", "codes.ThirdPartyRole", "codes.TokenScope",
            "codes.TranslatedBy", "codes.Trend", "codes.Urgency", "codes.VerificationMethod", "codes.VerifiedBy",
            "codes.VerifierAccess", "freshness.Freshness", "gates.GateStanding", "completeness.GapKind",
            "gates.VerdictKind", "holds.HoldKind", "steps.StepKind",
        )
    },
}  # fmt: skip
