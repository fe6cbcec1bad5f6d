"""Verbs on proposals, their versions and the parties' responses."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from negotiations.models import Actor, Negotiation, Party, Proposal, ProposalVersion, Response

from .act import Act
from .citing import check_cited
from .record import add, amend, writing


def table_proposal(
    *,
    act: Act,
    negotiation: Negotiation,
    title: str,
    tabled_by: Actor,
    text: str,
    tabled_at: datetime,
    text_language: str = "en",
    **fields: Any,
) -> Proposal:
    """Table a proposal with its first version."""
    proposal = Proposal(negotiation=negotiation, title=title, tabled_by=tabled_by, **fields)
    check_cited(proposal, act)
    with writing(negotiation, act) as record:
        record.create(proposal, "proposal.tabled")
        first = like_proposal(proposal, number=1, text=text, text_language=text_language, tabled_at=tabled_at)
        record.create(first, "proposalversion.tabled")
    return proposal


def table_version(
    proposal: Proposal, *, act: Act, text: str, tabled_at: datetime, text_language: str = "en"
) -> ProposalVersion:
    """Table the next wording of a proposal."""
    with writing(proposal.negotiation, act) as record:
        check_cited(proposal, act)
        last = proposal.versions.order_by("-number").first()
        number = last.number + 1 if last else 1
        wording = like_proposal(proposal, number=number, text=text, text_language=text_language, tabled_at=tabled_at)
        return record.create(wording, "proposalversion.tabled")


def like_proposal(proposal: Proposal, **fields: Any) -> ProposalVersion:
    """A version marked like its proposal."""
    return ProposalVersion(
        negotiation=proposal.negotiation,
        proposal=proposal,
        marking=proposal.marking,
        organisation=proposal.organisation,
        **fields,
    )


def edit_proposal(proposal: Proposal, *, act: Act, version: int | None, **fields: Any) -> Proposal:
    return amend(proposal, "proposal.edited", act=act, version=version, **fields)


def withdraw_proposal(proposal: Proposal, *, act: Act, version: int | None) -> Proposal:
    with writing(proposal.negotiation, act) as record:
        saved = record.lock(proposal, version)
        record.change(saved, "proposal.withdrawn", withdrawn_at=record.effective_at)
        return saved


def record_response(
    *,
    act: Act,
    proposal_version: ProposalVersion,
    party: Party,
    kind: str,
    responded_at: datetime,
    **fields: Any,
) -> Response:
    """Record a party's answer to one version; no reply is an answer worth recording too."""
    fields.setdefault("marking", proposal_version.marking)
    fields.setdefault("organisation", proposal_version.organisation)
    response = Response(
        negotiation=proposal_version.negotiation,
        proposal_version=proposal_version,
        party=party,
        kind=kind,
        responded_at=responded_at,
        **fields,
    )
    check_cited(response, act)
    return add(response, "response.recorded", act=act)


def edit_response(response: Response, *, act: Act, version: int | None, **fields: Any) -> Response:
    return amend(response, "response.edited", act=act, version=version, **fields)
