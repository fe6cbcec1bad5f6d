"""Codes of conditions, gates, links and claims."""

from .base import Code
from .base import gettext_noop as _


class ConditionStatus(Code):
    """The assessed status of an obligation: one choice, readable at a glance."""

    NOT_ASSESSED = "not_assessed", _("Not assessed"), _("Nobody has looked.")
    NOT_STARTED = "not_started", _("Not started"), _("Known not to have begun.")
    IN_PROGRESS = "in_progress", _("In progress"), _("Steps are under way; nothing countable yet.")
    PARTLY_MET = "partly_met", _("Partly met"), _("A measurable part is fulfilled.")
    REPORTED_MET = (
        "reported_met",
        _("Reported met"),
        _("Somebody says it is fulfilled; nobody independent has confirmed it."),
    )
    MET = "met", _("Met"), _("Acknowledged by the counterparty or verified by a third party.")
    CONTESTED = (
        "contested",
        _("Contested"),
        _("The parties report differently and no verifier has found."),
    )
    BREACHED = (
        "breached",
        _("Breached"),
        _("In force or met, then violated or reversed: a finding, never one side's allegation."),
    )
    SUSPENDED = "suspended", _("Suspended"), _("The obligor announced that it withholds performance.")
    WAIVED = "waived", _("Waived"), _("The benefiting party released it; it counts for the gate.")
    SUPERSEDED = (
        "superseded",
        _("Superseded"),
        _("Replaced by other text or no longer binding; out of the gate."),
    )


class ConditionKind(Code):
    GATE = "gate", _("Gate")
    MILESTONE = "milestone", _("Milestone")
    CONTINUOUS = "continuous", _("Continuous")
    RECIPROCAL_TRANCHE = "reciprocal_tranche", _("Reciprocal tranche")


class ConditionCategory(Code):
    CEASEFIRE_REGIME = "ceasefire_regime", _("Ceasefire regime")
    WITHDRAWAL_REDEPLOYMENT = "withdrawal_redeployment", _("Withdrawal and redeployment")
    DETAINEES_HOSTAGES_REMAINS = "detainees_hostages_remains", _("Detainees, hostages and remains")
    DISARMAMENT_DDR = "disarmament_ddr", _("Disarmament, demobilisation, reintegration")
    BORDER_CROSSINGS_MOVEMENT = "border_crossings_movement", _("Border crossings and movement")
    HUMANITARIAN_RECONSTRUCTION = "humanitarian_reconstruction", _("Humanitarian aid and reconstruction")
    MONITORING_VERIFICATION = "monitoring_verification", _("Monitoring and verification")
    DISPUTE_RESOLUTION = "dispute_resolution", _("Dispute resolution")
    CIVILIAN_PROTECTION = "civilian_protection", _("Civilian protection")
    RETURN_OF_DISPLACED = "return_of_displaced", _("Return of displaced people")
    MISSING_PERSONS = "missing_persons", _("Missing persons")
    SANCTIONS_ECONOMIC = "sanctions_economic", _("Sanctions and economic measures")
    SECURITY_GUARANTEES = "security_guarantees", _("Security guarantees")
    INTERIM_GOVERNANCE = "interim_governance", _("Interim governance")
    POLITICAL_TRACK = "political_track", _("Political track")
    JUSTICE_AMNESTY = "justice_amnesty", _("Justice and amnesty")
    OTHER = "other", _("Other")


# category: (PA-X codes, Peace Accords Matrix codes), after the published codebooks of both.
CROSSWALK: dict[ConditionCategory, tuple[tuple[str, ...], tuple[str, ...]]] = {
    ConditionCategory.CEASEFIRE_REGIME: (("Ce",), ("cease",)),
    ConditionCategory.WITHDRAWAL_REDEPLOYMENT: (("SsrFf",), ("with", "bound")),
    ConditionCategory.DETAINEES_HOSTAGES_REMAINS: (("TjPrire",), ("prisr",)),
    ConditionCategory.DISARMAMENT_DDR: (("SsrDdr", "DdrDemil"), ("disarm", "demob", "reint")),
    ConditionCategory.BORDER_CROSSINGS_MOVEMENT: (("StBor", "StXbor", "HrMob"), ("bound",)),
    ConditionCategory.HUMANITARIAN_RECONSTRUCTION: (("DevHum",), ("donor", "develop", "idps", "refug")),
    ConditionCategory.MONITORING_VERIFICATION: (("ImPK", "ImE"), ("verify", "unpkf", "regpkf")),
    ConditionCategory.DISPUTE_RESOLUTION: (("ImE",), ("disput", "arbint", "roa")),
    ConditionCategory.SECURITY_GUARANTEES: (("ImUN", "ImOth"), ("unpkf",)),
    ConditionCategory.INTERIM_GOVERNANCE: (("PolNewTemp",), ("untran", "powtran")),
    ConditionCategory.POLITICAL_TRACK: (("Ele", "StSd"), ("elect", "const", "selfd")),
    ConditionCategory.JUSTICE_AMNESTY: (("TjAm", "TjMech"), ("amnest", "truth")),
}


class AgreementState(Code):
    """How settled the wording is, apart from how far it is carried out."""

    PROPOSED = "proposed", _("Proposed")
    BRACKETED = "bracketed", _("In brackets")
    AGREED = "agreed", _("Agreed")
    CONTESTED_INTERPRETATION = "contested_interpretation", _("Read differently")


class VerifiedBy(Code):
    """Whose word a status rests on."""

    OBLIGOR = "obligor", _("Obligor")
    COUNTERPARTY = "counterparty", _("Counterparty")
    THIRD_PARTY = "third_party", _("Verifier or third party")


class VerificationMethod(Code):
    ON_SITE = "on_site", _("On site")
    REMOTE_SENSING = "remote_sensing", _("Remote sensing")
    DOCUMENT = "document", _("Documents")
    COUNT_AT_CROSSING = "count_at_crossing", _("Count at a crossing")
    INTERVIEW = "interview", _("Interviews")
    SELF_REPORT = "self_report", _("Self-report")


class VerifierAccess(Code):
    FULL = "full", _("Full access")
    PARTIAL = "partial", _("Partial access")
    DENIED = "denied", _("Access denied")


class Comparator(Code):
    AT_LEAST = ">=", _("at least")
    AT_MOST = "<=", _("at most")
    EXACTLY = "=", _("exactly")


class QuantityPer(Code):
    TOTAL = "total", _("in total")
    DAY = "day", _("a day")
    RATIO = "ratio", _("for each unit of another condition")


class FindingState(Code):
    """Where a finding stands that needs a second person."""

    PROPOSED = "proposed", _("Proposed")
    CONFIRMED = "confirmed", _("Confirmed")
    DECLINED = "declined", _("Declined")


class GateAuthority(Code):
    """Who says that a condition must hold before a phase starts."""

    TEXT = "text", _("The text")
    ACTORS = "actors", _("Named actors")


class LinkType(Code):
    REQUIRES = "requires", _("Requires")
    SIMULTANEOUS_WITH = "simultaneous_with", _("Simultaneous with")
    TRIGGERS_WITHIN = "triggers_within", _("Triggers within")
    RECIPROCAL_TO = "reciprocal_to", _("Reciprocal to")
    CONDITIONAL_ON_VERIFICATION_OF = "conditional_on_verification_of", _("Conditional on verification of")
    ALTERNATIVE_TO = "alternative_to", _("Alternative to")


class ClaimKind(Code):
    FULFILLED = "fulfilled", _("Says fulfilled")
    PARTLY_FULFILLED = "partly_fulfilled", _("Says partly fulfilled")
    NOT_FULFILLED = "not_fulfilled", _("Says not fulfilled")
    BREACHED = "breached", _("Says breached")
    MEASUREMENT = "measurement", _("Gives a measurement")
