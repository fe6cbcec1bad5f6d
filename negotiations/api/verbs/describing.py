"""What the description says of a verb: its name, and the document it is answered with."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import PolymorphicProxySerializer
from rest_framework.serializers import Serializer

from negotiations.models import Condition, Entry, Membership, Negotiation, ProposedFinding

from ..serializers.membership import MembershipDocument
from ..serializers.negotiation import NegotiationDocument
from ..views.resource import DOCUMENTS
from .verb import Verb, plural_of

ANY_ITEM: Any = PolymorphicProxySerializer(
    "AnyItem", [NegotiationDocument, MembershipDocument, *DOCUMENTS.values()], resource_type_field_name=None
)


def operation_of(verb: Verb) -> str:
    """A stable name: `claims_create`, `claims_edit`, `claims_withdraw`."""
    kind = verb.makes if verb.makes is not None and not verb.path else verb.on
    end = verb.path or ("create" if verb.makes else "edit")
    return f"{plural_of(kind)}_{end}".replace("-", "_")


def document_of(verb: Verb) -> tuple[type[Serializer[Any]], str]:
    """The document of the item that the verb is answered with, and the name of an example of it.

    A verb on an entry is answered with whatever item the entry tells of.
    """
    kind = verb.makes or verb.on
    if kind is Negotiation:
        return NegotiationDocument, "negotiation"
    if kind is Membership:
        return MembershipDocument, "membership"
    if kind is Entry:
        return ANY_ITEM, Condition.noun()
    noun = Condition.noun() if kind is ProposedFinding else str(kind._meta.model_name)
    return DOCUMENTS[noun], noun
