"""Forms on proposals, their versions, and how the parties answered."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from negotiations.models import Actor, Dispute, MarkedItem, Meeting, Party, Proposal, ProposalVersion, Response
from negotiations.rules.codes import ResponseKind
from negotiations.services.proposal import (
    edit_proposal,
    edit_response,
    record_response,
    table_proposal,
    table_version,
    withdraw_proposal,
)

from .base import ItemForm, MarkedForm
from .claim import WithdrawForm
from .fields import CodeField, LanguageField, LongText, MomentField, PickField, ShortText
from .sourced import SourcedForm
from .step import Doing, Step, changes, creates


class ProposalForm(SourcedForm, MarkedForm):
    FACTS = ("title", "title_ar", "tabled_by", "tabled_at", "dispute", "meeting", "text", "text_language")
    PAIRS = (("title", "title_ar"), ("tabled_by", "tabled_at"), ("dispute", "meeting"))
    MOMENT = "tabled_at"

    title = ShortText(label=_("Title"))
    title_ar = ShortText(label=_("Title in Arabic"), required=False)
    tabled_by = PickField(Actor, label=_("Tabled by"))
    tabled_at = MomentField(label=_("Tabled at"))
    dispute = PickField(Dispute, label=_("On the dispute"), required=False)
    meeting = PickField(Meeting, label=_("At the meeting"), required=False)
    text = LongText(label=_("The text of its first version"), lines=8)
    text_language = LanguageField(label=_("Language of the words"))


class ProposalEditForm(ItemForm):
    FACTS = ("title", "title_ar", "dispute", "meeting")
    PAIRS = (("title", "title_ar"), ("dispute", "meeting"))

    title = ShortText(label=_("Title"))
    title_ar = ShortText(label=_("Title in Arabic"), required=False)
    dispute = PickField(Dispute, label=_("On the dispute"), required=False)
    meeting = PickField(Meeting, label=_("At the meeting"), required=False)


class VersionForm(SourcedForm):
    FACTS = ("text", "text_language", "tabled_at")
    PAIRS = (("text_language", "tabled_at"),)
    MOMENT = "tabled_at"

    text = LongText(label=_("The text of the new version"), lines=8)
    text_language = LanguageField(label=_("Language of the words"))
    tabled_at = MomentField(label=_("Tabled at"))


class ResponseForm(SourcedForm):
    FACTS = ("proposal_version", "party", "kind", "responded_at", "text")
    PAIRS = (("proposal_version", "party"), ("kind", "responded_at"))
    MOMENT = "responded_at"

    proposal_version = PickField(ProposalVersion, label=_("To which version"))
    party = PickField(Party, label=_("Whose answer"))
    kind = CodeField(ResponseKind, label=_("The answer"))
    responded_at = MomentField(label=_("Answered at"))
    text = LongText(label=_("In their words"), required=False)

    def of(self, item: MarkedItem) -> None:
        versions = self.fields["proposal_version"]
        versions.queryset = versions.queryset.filter(proposal=item).order_by("-number")  # type: ignore[attr-defined]
        self.initial.setdefault("proposal_version", versions.queryset.first())  # type: ignore[attr-defined]


class ResponseEditForm(SourcedForm):
    FACTS = ("kind", "text")

    kind = CodeField(ResponseKind, label=_("The answer"))
    text = LongText(label=_("In their words"), required=False)


def _table_version(it: Doing) -> Any:
    return table_version(it.item, act=it.act, **it.facts)


def _respond(it: Doing) -> Any:
    return record_response(act=it.act, **it.facts)


def _stands(proposal: Proposal) -> bool:
    return proposal.withdrawn_at is None


_step = partial(Step, noun="proposal")
STEPS = (
    _step(
        name="new",
        verb="proposal.tabled",
        title=_("Table a proposal"),
        button=_("Record the proposal"),
        form=ProposalForm,
        run=creates(table_proposal),
    ),
    _step(
        name="edit",
        verb="proposal.edited",
        title=_("Edit the proposal"),
        button=_("Save changes"),
        form=ProposalEditForm,
        run=changes(edit_proposal),
        on=Proposal,
    ),
    _step(
        name="version",
        verb="proposalversion.tabled",
        title=_("Table a new version"),
        button=_("Record the version"),
        form=VersionForm,
        run=_table_version,
        on=Proposal,
        applies=_stands,
    ),
    _step(
        name="response",
        verb="response.recorded",
        title=_("Record a party’s answer"),
        button=_("Record the answer"),
        form=ResponseForm,
        run=_respond,
        on=Proposal,
    ),
    _step(
        name="withdraw",
        verb="proposal.withdrawn",
        title=_("The proposal was withdrawn"),
        button=_("Record that it was withdrawn"),
        form=WithdrawForm,
        run=changes(withdraw_proposal),
        on=Proposal,
        applies=_stands,
    ),
    Step(
        noun="response",
        name="edit",
        verb="response.edited",
        title=_("Edit the answer"),
        button=_("Save changes"),
        form=ResponseEditForm,
        run=changes(edit_response),
        on=Response,
    ),
)
