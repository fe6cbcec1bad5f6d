"""Codes of what people keep at their own desk: views and drafts."""

from .base import Code
from .base import gettext_noop as _


class ViewPage(Code):
    """Lists whose filters can be kept under a name."""

    DASHBOARD = "dashboard", _("Negotiations")
    CONDITIONS = "conditions", _("Conditions")
    DISPUTES = "disputes", _("Disputes")
    POSITIONS = "positions", _("Positions")
    MESSAGES = "messages", _("Messages")
    INCIDENTS = "incidents", _("Incidents")
    SOURCES = "sources", _("Sources")
    CHANGES = "changes", _("Changes")
    CALENDAR = "calendar", _("Calendar")


class DraftKind(Code):
    CAPTURE = "capture", _("Capture")
    FORM = "form", _("Form")
    NEGOTIATION = "negotiation", _("New negotiation")
