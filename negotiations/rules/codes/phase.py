"""Codes of phases and of the moments that start or end them."""

from .base import Code
from .base import gettext_noop as _


class PhaseStatus(Code):
    """Where a phase stands by the tracker's assessment; what was declared is kept apart."""

    NOT_STARTED = "not_started", _("Not started"), _("No step of this phase has begun.")
    NEGOTIATING_TERMS = "negotiating_terms", _("Negotiating terms"), _("Its terms are being negotiated.")
    TRANSITION_PENDING = (
        "transition_pending",
        _("Transition pending"),
        _("Its terms exist and its start is awaited."),
    )
    ACTIVE = "active", _("Active"), _("It is being carried out.")
    COMPLETED = "completed", _("Completed"), _("Its obligations are done.")
    EXPIRED = "expired", _("Expired"), _("Its term ran out.")
    SUSPENDED = "suspended", _("Suspended"), _("A party or guarantor suspended it.")
    COLLAPSED = "collapsed", _("Collapsed"), _("It ended without being carried out.")
    SUPERSEDED = "superseded", _("Superseded"), _("Another text took its place.")


class Anchor(Code):
    """What a due moment is counted from."""

    DATE = "date", _("A date")
    ENTRY_INTO_FORCE = "entry_into_force", _("Entry into force")
    PHASE_START = "phase_start", _("Start of a phase")
    CONDITION_MET = "condition_met", _("Another condition met")
