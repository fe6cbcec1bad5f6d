"""Versions: the numbered wordings of proposals."""

from __future__ import annotations

from negotiations.models import Proposal, ProposalVersion, Response
from negotiations.selectors.filters.proposalversion import ProposalVersionFilter

from ..pagination import Sort
from .field import columns, made_of, one, parts
from .resource import resource
from .response import RESPONSE

VERSION = made_of(
    ProposalVersion,
    columns(ProposalVersion, "number", "text", "text_language", "tabled_at"),
    parts("responses", Response, "proposal_version", RESPONSE, order="responded_at", title="VersionResponseLine"),
)
RESOURCE = resource(
    ProposalVersion,
    "proposal-versions",
    (*VERSION, one("proposal", Proposal)),
    order=(Sort("tabled_at", is_descending=True),),
    filters=ProposalVersionFilter,
    named_by="",
)
