"""Tables of the record and of everything it tells about; one noun a file."""

from .access_log import AccessLogRow
from .actor import Actor
from .assessment import Assessment
from .attempt import AttemptCount
from .base import MarkedItem, Tracked
from .books import Books
from .calendar_key import CalendarKey
from .claim import Claim, ClaimedCondition
from .condition import Condition, Obligation
from .delivery import Delivery, Edition, Suppression
from .dispute import Dispute, DisputedCondition
from .draft import Draft
from .export_job import ExportJob
from .fence import Fence
from .gate import Gate, GateAssertion
from .import_batch import ImportBatch
from .incident import Incident, IncidentCondition
from .instrument import Clause, Instrument, Signature
from .invitation import Invitation
from .last_look import LastLook
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
from .proposed_finding import ProposedFinding
from .reader import NamedReader
from .record import Entry, EntryAccess, EntryPayload, OutboxRow, RefCounter, StateVersion, Stream, Tombstone
from .saved_view import SavedView
from .sent_once import SentOnce
from .shared_brief import SharedBrief
from .source import Citation, Source
from .stored_copy import StoredCopy
from .subscription import Subscription, SubscriptionPlace
from .token import Token
from .user import User
from .webhook import Webhook, WebhookAttempt, WebhookDelivery
from .window import Window

__all__ = [
    "AccessLogRow",
    "Actor",
    "Assessment",
    "AttemptCount",
    "Books",
    "CalendarKey",
    "Citation",
    "Claim",
    "ClaimedCondition",
    "Clause",
    "Condition",
    "Delivery",
    "Dispute",
    "DisputedCondition",
    "Draft",
    "Edition",
    "Entry",
    "EntryAccess",
    "EntryPayload",
    "ExportJob",
    "Fence",
    "Gate",
    "GateAssertion",
    "ImportBatch",
    "Incident",
    "IncidentCondition",
    "Instrument",
    "Invitation",
    "LastLook",
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
    "ProposedFinding",
    "RefCounter",
    "Response",
    "SavedView",
    "SentOnce",
    "SharedBrief",
    "Signature",
    "Source",
    "StateVersion",
    "StoredCopy",
    "Stream",
    "Subscription",
    "SubscriptionPlace",
    "Suppression",
    "ThirdParty",
    "Token",
    "Tombstone",
    "Tracked",
    "User",
    "Webhook",
    "WebhookAttempt",
    "WebhookDelivery",
    "Window",
]
