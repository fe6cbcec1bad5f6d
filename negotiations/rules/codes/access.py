"""Codes of who may see and do what."""

from .base import Code
from .base import gettext_noop as _


class Marking(Code):
    """Traffic Light Protocol 2.0; the labels are the protocol's own and are never translated."""

    CLEAR = "CLEAR", "TLP:CLEAR", _("Everybody, once the negotiation is published.")
    GREEN = "GREEN", "TLP:GREEN", _("Every signed-in member of any negotiation.")
    AMBER = "AMBER", "TLP:AMBER", _("Members of this negotiation.")
    AMBER_STRICT = "AMBER+STRICT", "TLP:AMBER+STRICT", _("Members of the originator's own organisation.")
    RED = "RED", "TLP:RED", _("The persons named on the item.")


class Role(Code):
    READER = "reader", _("Reader")
    ANALYST = "analyst", _("Analyst")
    MEDIATOR = "mediator", _("Mediator staff")
    LEAD = "lead", _("Lead")


class RedactionGround(Code):
    SAFETY = "safety", _("Safety of a person")
    PERSONAL_DATA = "personal_data", _("Personal data")
    LAW = "law", _("A legal obligation")


class TokenScope(Code):
    READ = "read", _("Read"), _("Reads what its owner may read.")
    WRITE = "write", _("Read and write"), _("Also does what its owner may do.")


class AccessKind(Code):
    READ = "read", _("Read")
    EXPORT = "export", _("Taken away as a file")
    SHARED = "shared", _("Opened by whoever it was shared with")
