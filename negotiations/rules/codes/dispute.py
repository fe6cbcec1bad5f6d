"""Codes of disputes and of the positions taken in them."""

from .base import Code
from .base import gettext_noop as _


class DisputeCategory(Code):
    SECURITY_CONTROL = "security_control", _("Security control")
    BORDER_MANAGEMENT = "border_management", _("Border management")
    PRISONER_EXCHANGE = "prisoner_exchange", _("Prisoner exchange")
    WITHDRAWAL = "withdrawal", _("Withdrawal")
    DISARMAMENT = "disarmament", _("Disarmament")
    GOVERNANCE = "governance", _("Governance")
    HUMANITARIAN_ACCESS = "humanitarian_access", _("Humanitarian access")
    VERIFICATION = "verification", _("Verification")
    VIOLATION_ATTRIBUTION = "violation_attribution", _("Attribution of violations")
    LINE_DEMARCATION = "line_demarcation", _("Demarcation of a line")
    GUARANTEES = "guarantees", _("Guarantees")
    RECONSTRUCTION = "reconstruction", _("Reconstruction")
    OTHER = "other", _("Other")


class DisputeType(Code):
    TEXT = "text", _("The text")
    INTERPRETATION = "interpretation", _("Interpretation")
    SEQUENCING = "sequencing", _("Sequencing")
    COMPLIANCE = "compliance", _("Compliance")
    COUNT = "count", _("Count")
    MANDATE = "mandate", _("Mandate")
    COMPOSITION = "composition", _("Composition")
    LEGITIMACY = "legitimacy", _("Legitimacy")


class DisputeStatus(Code):
    OPEN = "open", _("Open")
    UNDER_DISCUSSION = "under_discussion", _("Under discussion")
    BRIDGING_PROPOSAL_TABLED = "bridging_proposal_tabled", _("Bridging proposal tabled")
    NARROWED = "narrowed", _("Narrowed")
    DEFERRED = "deferred", _("Deferred"), _("Set aside; it still holds what it holds.")
    ESCALATED = "escalated", _("Escalated")
    AGREED_IN_PRINCIPLE = "agreed_in_principle", _("Agreed in principle")
    RESOLVED = "resolved", _("Resolved")
    DORMANT = "dormant", _("Dormant"), _("Nobody is working on it; it still holds what it holds.")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Rung(Code):
    """The escalation ladder a dispute climbs."""

    TECHNICAL = "technical", _("Technical level")
    JOINT_COMMISSION = "joint_commission", _("Joint commission")
    PRINCIPALS = "principals", _("Principals")
    GUARANTORS = "guarantors", _("Guarantors")
    EXTERNAL_ARBITER = "external_arbiter", _("External arbiter")


class Stance(Code):
    REJECTS = "rejects", _("Rejects")
    UNDECIDED = "undecided", _("Undecided")
    ACCEPTS_WITH_CONDITIONS = "accepts_with_conditions", _("Accepts with conditions")
    ACCEPTS = "accepts", _("Accepts")
    SILENT = "silent", _("Silent"), _("Asked, did not answer.")
    UNKNOWN = "unknown", _("Unknown"), _("The position is not known to us.")


class Channel(Code):
    PUBLIC = "public", _("Public")
    RELAYED = "relayed", _("Relayed")
