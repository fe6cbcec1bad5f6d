"""Proposals: tabled texts, their versions, and how the parties answered."""

from __future__ import annotations

from django.db import models

from negotiations.rules.codes import ResponseKind

from .base import MarkedItem, code, known, marked


class Proposal(MarkedItem):
    """A text somebody tabled to bridge a gap; it grows by numbered versions."""

    REF_PREFIX = "B"

    ref = models.CharField(max_length=16)
    title = models.CharField(max_length=200)
    title_ar = models.CharField(max_length=200, blank=True)
    tabled_by = models.ForeignKey("negotiations.Actor", on_delete=models.PROTECT, related_name="proposals")
    dispute = models.ForeignKey(
        "negotiations.Dispute", null=True, blank=True, on_delete=models.PROTECT, related_name="proposals"
    )
    meeting = models.ForeignKey(
        "negotiations.Meeting", null=True, blank=True, on_delete=models.PROTECT, related_name="proposals"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta(MarkedItem.Meta):
        constraints = [
            *marked("proposal"),
            models.UniqueConstraint(fields=["negotiation", "ref"], name="proposal_ref_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.ref} {self.title}"


class ProposalVersion(MarkedItem):
    """One numbered wording of a proposal."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    text_language = models.CharField(max_length=8, default="en")
    tabled_at = models.DateTimeField()

    class Meta(MarkedItem.Meta):
        constraints = [
            *marked("proposalversion"),
            models.UniqueConstraint(fields=["proposal", "number"], name="proposalversion_number_unique"),
        ]

    def __str__(self) -> str:
        return f"version {self.number}"


class Response(MarkedItem):
    """A party's answer to one version of a proposal."""

    proposal_version = models.ForeignKey(ProposalVersion, on_delete=models.PROTECT, related_name="responses")
    party = models.ForeignKey("negotiations.Party", on_delete=models.PROTECT, related_name="responses")
    kind = code(ResponseKind)
    text = models.TextField(blank=True)
    responded_at = models.DateTimeField()

    class Meta(MarkedItem.Meta):
        constraints = [*marked("response"), *known("response", kind=ResponseKind)]

    def __str__(self) -> str:
        return f"{self.kind} by {self.party_id}"
