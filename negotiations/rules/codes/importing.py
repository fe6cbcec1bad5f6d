"""Codes of imports: what a file may hold, and how far its import has come."""

from .base import Code
from .base import gettext_noop as _


class ImportKind(Code):
    CONDITIONS = "conditions", _("Conditions")
    CLAIMS = "claims", _("Claims")
    POSITIONS = "positions", _("Positions")
    INCIDENTS = "incidents", _("Incidents")
    SOURCES = "sources", _("Sources")
    UCDP_GED = "ucdp_ged", _("UCDP GED events")
    OSCE_SMM = "osce_smm", _("OSCE SMM counts of violations")
    RECORD = "record", _("A whole negotiation")


class ImportState(Code):
    PLANNED = "planned", _("Checked, nothing written")
    APPLIED = "applied", _("Written")
    UNDONE = "undone", _("Taken back")
