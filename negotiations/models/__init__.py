"""Tables of the record and of everything it tells about; one noun a file."""

from .actor import Actor
from .assessment import Assessment
from .base import MarkedItem, Tracked
from .claim import Claim, ClaimedCondition
from .condition import Condition, Obligation
from .dispute import Dispute, DisputedCondition
from .gate import Gate, GateAssertion
from .incident import Incident, IncidentCondition
from .instrument import Clause, Instrument, Signature
from .link import Link
from .meeting import Meeting, Participation
from .membership import Membership
from .message import Message
from .negotiation import Negotiation
from .note import Mention, Note
from .organisation import Organisation
from .party import Party, ThirdParty
from .phase import Phase
from .position import Position
from .proposal import Proposal, ProposalVersion, Response
from .reader import NamedReader
from .record import Entry, EntryAccess, EntryPayload, OutboxRow, RefCounter, StateVersion, Stream, Tombstone
from .source import Citation, Source
from .user import User
from .window import Window

__all__ = [
    "Actor",
    "Assessment",
    "Citation",
    "Claim",
    "ClaimedCondition",
    "Clause",
    "Condition",
    "Dispute",
    "DisputedCondition",
    "Entry",
    "EntryAccess",
    "EntryPayload",
    "Gate",
    "GateAssertion",
    "Incident",
    "IncidentCondition",
    "Instrument",
    "Link",
    "MarkedItem",
    "Meeting",
    "Membership",
    "Mention",
    "Message",
    "NamedReader",
    "Negotiation",
    "Note",
    "Obligation",
    "Organisation",
    "OutboxRow",
    "Participation",
    "Party",
    "Phase",
    "Position",
    "Proposal",
    "ProposalVersion",
    "RefCounter",
    "Response",
    "Signature",
    "Source",
    "StateVersion",
    "Stream",
    "ThirdParty",
    "Tombstone",
    "Tracked",
    "User",
    "Window",
]
