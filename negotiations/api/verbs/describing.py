"""What the description says of a verb: its name, and the document it is answered with."""

from __future__ import annotations

from typing import Any

from rest_framework.serializers import Serializer

from negotiations.models import Condition, Entry, Membership, Negotiation, ProposedFinding

from ..serializers.membership import MembershipDocument
from ..serializers.negotiation import NegotiationDocument
from ..views.resource import DOCUMENTS
from .verb import Verb, plural_of


def operation_of(verb: Verb) -> str:
    """A stable name: `claims_create`, `claims_edit`, `claims_withdraw`."""
    kind = verb.makes if verb.makes is not None and not verb.path else verb.on
    end = verb.path or ("create" if verb.makes else "edit")
    return f"{plural_of(kind)}_{end}".replace("-", "_")


def document_of(verb: Verb) -> tuple[type[Serializer[Any]], str]:
    """The document of the item that the verb is answered with, and the name of an example of it.

    An entry is answered with whatever item it tells of; a condition stands for them all.
    """
    kind = verb.makes or verb.on
    if kind is Negotiation:
        return NegotiationDocument, "negotiation"
    if kind is Membership:
        return MembershipDocument, "membership"
    noun = Condition.noun() if kind in (Entry, ProposedFinding) else str(kind._meta.model_name)
    return DOCUMENTS[noun], noun
