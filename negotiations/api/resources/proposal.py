"""Proposals: tabled texts with their versions and the parties' responses."""

from __future__ import annotations

from negotiations.models import Actor, Dispute, Meeting, Proposal, ProposalVersion
from negotiations.selectors.filters.proposal import ProposalFilter

from ..pagination import Sort
from .field import columns, made_of, one, parts
from .proposalversion import VERSION
from .resource import resource

RESOURCE = resource(
    Proposal,
    "proposals",
    made_of(
        Proposal,
        columns(Proposal, "ref", "title", "title_ar"),
        one("tabled_by", Actor),
        one("dispute", Dispute),
        one("meeting", Meeting),
        columns(Proposal, "withdrawn_at"),
        parts("versions", ProposalVersion, "proposal", VERSION, order="number", title="ProposalVersionLine"),
    ),
    order=(Sort("ref", is_natural=True),),
    filters=ProposalFilter,
    is_small=True,
)
