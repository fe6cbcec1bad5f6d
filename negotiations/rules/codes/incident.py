"""Codes of incidents: alleged violations and other events."""

from .base import Code
from .base import gettext_noop as _


class IncidentType(Code):
    SHOOTING = "shooting", _("Shooting")
    SHELLING_AIRSTRIKE = "shelling_airstrike", _("Shelling or air strike")
    ARMED_CLASH = "armed_clash", _("Armed clash")
    MOVEMENT_ACROSS_LINE = "movement_across_line", _("Movement across a line")
    OVERFLIGHT_UAV = "overflight_uav", _("Overflight or drone")
    ABDUCTION_DETENTION = "abduction_detention", _("Abduction or detention")
    ATTACK_ON_CIVILIANS = "attack_on_civilians", _("Attack on civilians")
    ATTACK_ON_AID = "attack_on_aid", _("Attack on aid")
    BLOCKING_AID_OR_ACCESS = "blocking_aid_or_access", _("Blocking of aid or access")
    DENIAL_OF_MONITOR_ACCESS = "denial_of_monitor_access", _("Denial of access to monitors")
    FAILURE_TO_DELIVER = "failure_to_deliver", _("Failure to deliver")
    INCITEMENT = "incitement", _("Incitement")
    DESTRUCTION_OF_PROPERTY = "destruction_of_property", _("Destruction of property")
    SEXUAL_VIOLENCE = "sexual_violence", _("Sexual violence")
    CHILD_RECRUITMENT = "child_recruitment", _("Child recruitment")
    REARMAMENT_RESUPPLY = "rearmament_resupply", _("Rearmament or resupply")
    FORTIFICATION = "fortification", _("Fortification")
    MINES_IED = "mines_ied", _("Mines or explosive devices")
    OTHER = "other", _("Other event")


class IncidentStatus(Code):
    ALLEGED = "alleged", _("Alleged")
    PRELIMINARY_INQUIRY = "preliminary_inquiry", _("Preliminary inquiry")
    UNDER_INVESTIGATION = "under_investigation", _("Under investigation")
    REPORT_IN_REVIEW = "report_in_review", _("Report in review")
    CONFIRMED_VIOLATION = "confirmed_violation", _("Confirmed violation")
    NOT_A_VIOLATION = "not_a_violation", _("Not a violation")
    INCONCLUSIVE = "inconclusive", _("Inconclusive")
    NO_ACCESS = "no_access", _("No access")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Severity(Code):
    MINOR = "minor", _("Minor")
    SERIOUS = "serious", _("Serious")
    GRAVE = "grave", _("Grave")
