"""Verbs on proposals, their versions and the parties' responses."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from negotiations.models import Negotiation, Proposal, ProposalVersion, Response, Tracked
from negotiations.services.proposal import (
    edit_proposal,
    edit_response,
    record_response,
    table_proposal,
    table_version,
    withdraw_proposal,
)

from .body import Edit, NewItem, Told
from .fields import Moment
from .verb import Call, Verb

WORDS = ("title", "title_ar", "dispute", "meeting")
WORDING = 100_000


class ProposalWrite(Edit):
    """What a proposal is called and what it belongs to; its text grows by versions."""

    class Meta:
        model = Proposal
        fields = WORDS


class ProposalNew(NewItem):
    """A tabled text with its first version."""

    text = serializers.CharField(max_length=WORDING)
    text_language = serializers.CharField(max_length=8, required=False)
    tabled_at = Moment(is_past=True)

    class Meta:
        model = Proposal
        fields = ("tabled_by", *WORDS, "text", "text_language", "tabled_at")


class VersionNew(Told):
    """The next wording; marked like its proposal."""

    text = serializers.CharField(max_length=WORDING)
    text_language = serializers.CharField(max_length=8, required=False)
    tabled_at = Moment(is_past=True)


class ResponseNew(NewItem):
    """A party's answer to one version; no reply is an answer worth recording too."""

    version = serializers.IntegerField(
        min_value=1, max_value=9999, required=False, help_text="Number of the version; the latest if left out."
    )
    responded_at = Moment(is_past=True)

    class Meta:
        model = Response
        fields = ("version", "party", "kind", "text", "responded_at")


class ResponseWrite(Edit):
    """How a party answered."""

    class Meta:
        model = Response
        fields = ("kind", "text")


def respond(call: Call) -> Tracked:
    """Record the answer to the version named, or to the latest one."""
    values: dict[str, Any] = dict(call.values)
    number = values.pop("version", None)
    versions = ProposalVersion.objects.visible_to(call.viewer).filter(proposal=call.item).order_by("-number")
    version = (versions.filter(number=number) if number else versions).first()
    if version is None:
        raise serializers.ValidationError({"version": _("There is no such version.")}, code="does_not_exist")
    return record_response(act=call.act, proposal_version=version, **values)


VERBS = (
    Verb(
        name="proposal.tabled",
        on=Negotiation,
        makes=Proposal,
        body=ProposalNew,
        run=lambda call: table_proposal(negotiation=call.negotiation, **call.made),
        dated_by="tabled_at",
        summary="Record a proposal with its first version",
        example={
            "title": "A bridge between the maps",
            "tabled_by": "5f0c7d3e-0f2b-4d0e-9b1a-2c1f3a4b5c6d",
            "dispute": "D1",
            "text": "Both sides withdraw two kilometres from the river.",
            "tabled_at": "2025-11-05T10:00:00Z",
            "citations": [{"source": "S1", "credibility": "2"}],
        },
    ),
    Verb(
        name="proposal.edited",
        on=Proposal,
        body=ProposalWrite,
        run=lambda call: edit_proposal(call.item, **call.amended),
        summary="Edit what a proposal is called and what it belongs to",
        example={"title": "The bridge proposal", "reason": "So the mediator calls it."},
    ),
    Verb(
        name="proposal.withdrawn",
        on=Proposal,
        path="withdraw",
        body=Told,
        run=lambda call: withdraw_proposal(call.item, **call.amended),
        summary="Record that the proposal was taken back",
        example={"reason": "The mediator took it off the table."},
    ),
    Verb(
        name="proposalversion.tabled",
        on=Proposal,
        makes=ProposalVersion,
        path="versions",
        body=VersionNew,
        run=lambda call: table_version(call.item, **call.made),
        dated_by="tabled_at",
        summary="Record the next wording",
        example={
            "text": "Both sides withdraw one kilometre from the river.",
            "tabled_at": "2025-11-07T10:00:00Z",
            "citations": [{"source": "S1", "credibility": "2"}],
        },
    ),
    Verb(
        name="response.recorded",
        on=Proposal,
        makes=Response,
        path="responses",
        body=ResponseNew,
        run=respond,
        dated_by="responded_at",
        summary="Record how a party answered",
        example={
            "version": 2,
            "party": "5f0c7d3e-0f2b-4d0e-9b1a-2c1f3a4b5c6d",
            "kind": "accept_with_reservation",
            "text": "If the bridge stays open.",
            "responded_at": "2025-11-08T16:00:00Z",
            "citations": [{"source": "S1", "credibility": "2"}],
        },
    ),
    Verb(
        name="response.edited",
        on=Response,
        body=ResponseWrite,
        run=lambda call: edit_response(call.item, **call.amended),
        summary="Edit how a party answered",
        example={"text": "If the bridge stays open to traders.", "reason": "Read from the letter."},
    ),
)
