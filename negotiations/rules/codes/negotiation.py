"""Codes of negotiations, instruments, actors and the seats actors take."""

from .base import Code
from .base import gettext_noop as _


class NegotiationStatus(Code):
    EXPLORATORY = "exploratory", _("Exploratory")
    ACTIVE = "active", _("Active")
    STALLED = "stalled", _("Stalled")
    SUSPENDED = "suspended", _("Suspended")
    COLLAPSED = "collapsed", _("Collapsed")
    CONCLUDED = "concluded", _("Concluded")


class TalksFormat(Code):
    DIRECT = "direct", _("Direct talks")
    PROXIMITY = "proximity", _("Proximity talks")
    SHUTTLE = "shuttle", _("Shuttle diplomacy")
    WRITTEN = "written", _("In writing")
    BACK_CHANNEL = "back_channel", _("Back channel")
    MIXED = "mixed", _("Mixed formats")


class CeasefireClass(Code):
    """Kinds of ceasefire after the UN guidance of 2022 and ETH/PRIO."""

    HUMANITARIAN_PAUSE = "humanitarian_pause", _("Humanitarian pause")
    CESSATION_OF_HOSTILITIES = "cessation_of_hostilities", _("Cessation of hostilities")
    PRELIMINARY = "preliminary", _("Preliminary ceasefire")
    DEFINITIVE = "definitive", _("Definitive ceasefire")


class Sides(Code):
    UNILATERAL = "unilateral", _("Unilateral")
    RECIPROCAL_UNILATERAL = "reciprocal_unilateral", _("Reciprocal unilateral")
    BILATERAL = "bilateral", _("Bilateral")
    MULTILATERAL = "multilateral", _("Multilateral")


class CoverageArea(Code):
    LOCAL = "local", _("Local")
    PARTIAL = "partial", _("Part of the territory")
    GENERAL = "general", _("General")


class InstrumentKind(Code):
    AGREEMENT = "agreement", _("Agreement")
    ANNEX = "annex", _("Annex")
    PLAN = "plan", _("Plan")
    IMPLEMENTATION_STEPS = "implementation_steps", _("Implementation steps")
    DECLARATION = "declaration", _("Declaration")
    RESOLUTION = "resolution", _("Resolution")
    LAW = "law", _("Law or decree")
    OTHER = "other", _("Other text")


class ActorKind(Code):
    STATE = "state", _("State")
    ARMED_GROUP = "armed_group", _("Armed group")
    AUTHORITY = "authority", _("Authority")
    INTERNATIONAL_ORGANISATION = "international_organisation", _("International organisation")
    REGIONAL_ORGANISATION = "regional_organisation", _("Regional organisation")
    MONITORING_MISSION = "monitoring_mission", _("Monitoring mission")
    HUMANITARIAN_ORGANISATION = "humanitarian_organisation", _("Humanitarian organisation")


class ThirdPartyRole(Code):
    """What an outsider does in a negotiation; the same actor may hold several roles."""

    MEDIATOR = "mediator", _("Mediator")
    FACILITATOR = "facilitator", _("Facilitator")
    HOST = "host", _("Host")
    GUARANTOR = "guarantor", _("Guarantor")
    WITNESS = "witness", _("Witness")
    OBSERVER = "observer", _("Observer")
    MONITOR = "monitor", _("Monitor")
    HUMANITARIAN_INTERMEDIARY = "humanitarian_intermediary", _("Humanitarian intermediary")
    DONOR = "donor", _("Donor")


class MeetingKind(Code):
    ROUND = "round", _("Round of talks")
    SESSION = "session", _("Session")
    SHUTTLE_LEG = "shuttle_leg", _("Shuttle leg")


class ResponseKind(Code):
    """A party's answer to a version of a proposal."""

    ACCEPT = "accept", _("Accepts")
    ACCEPT_WITH_RESERVATION = "accept_with_reservation", _("Accepts with reservation")
    AMEND = "amend", _("Amends")
    REJECT = "reject", _("Rejects")
    NO_REPLY = "no_reply", _("No reply")
