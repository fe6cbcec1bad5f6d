"""Responses: how parties answered one version of a proposal."""

from __future__ import annotations

from negotiations.models import Party, ProposalVersion, Response
from negotiations.rules.codes import ResponseKind
from negotiations.selectors.filters.response import ResponseFilter

from ..pagination import Sort
from .field import columns, labelled, made_of, one
from .resource import resource

RESPONSE = made_of(
    Response, one("party", Party), labelled(Response, "kind", ResponseKind), columns(Response, "text", "responded_at")
)
RESOURCE = resource(
    Response,
    "responses",
    (*RESPONSE, one("proposal_version", ProposalVersion)),
    order=(Sort("responded_at", is_descending=True),),
    filters=ResponseFilter,
    named_by="",
)
