"""Forms on a negotiation as a whole: its facts, where it stands, and opening it to everybody."""

from __future__ import annotations

from functools import partial
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from negotiations.models import Negotiation
from negotiations.rules.codes import CeasefireClass, CoverageArea, NegotiationStatus, Sides, TalksFormat
from negotiations.services.negotiation import change_negotiation_status, edit_negotiation, publish_negotiation

from .base import ItemForm
from .fields import CodeField, LongText, MomentField, ShortText
from .sourced import SourcedForm
from .step import Step, changes


def zones() -> list[tuple[str, str]]:
    """The time zones of the world by their names in the tz database."""
    return [(name, name) for name in sorted(available_timezones()) if "/" in name or name == "UTC"]


class NegotiationForm(ItemForm):
    FACTS = (
        "title", "title_ar", "summary", "summary_ar", "purpose", "talks_format", "ceasefire_class", "sides",
        "coverage_area", "time_zone", "entry_into_force_at", "coverage_start", "coverage_end", "pax_process_id",
        "ucdp_conflict_id", "two_person_rule", "shows_gap",
    )  # fmt: skip
    PAIRS = (
        ("title", "title_ar"),
        ("summary", "summary_ar"),
        ("talks_format", "ceasefire_class"),
        ("sides", "coverage_area"),
        ("time_zone", "entry_into_force_at"),
        ("coverage_start", "coverage_end"),
        ("pax_process_id", "ucdp_conflict_id"),
    )

    title = ShortText(label=_("Title"))
    title_ar = ShortText(label=_("Title in Arabic"), required=False)
    summary = LongText(label=_("Summary"), required=False)
    summary_ar = LongText(label=_("Summary in Arabic"), required=False)
    purpose = LongText(label=_("Purpose"), required=False, lines=2)
    talks_format = CodeField(TalksFormat, label=_("Format"), required=False)
    ceasefire_class = CodeField(CeasefireClass, label=_("Class"), required=False)
    sides = CodeField(Sides, label=_("Sides"), required=False)
    coverage_area = CodeField(CoverageArea, label=_("Area"), required=False)
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=zones)
    entry_into_force_at = MomentField(label=_("Entry into force"), required=False)
    coverage_start = MomentField(label=_("Coverage from"), required=False)
    coverage_end = MomentField(label=_("Coverage to (empty: followed live)"), required=False)
    pax_process_id = ShortText(label=_("PA-X process"), required=False, max_length=32)
    ucdp_conflict_id = ShortText(label=_("UCDP conflict"), required=False, max_length=32)
    two_person_rule = forms.BooleanField(label=_("“Breached” and “contested” wait for a second person"), required=False)
    shows_gap = forms.BooleanField(label=_("Show analysts’ placements between the poles of disputes"), required=False)


class NegotiationStatusForm(SourcedForm):
    FACTS = ("status",)

    status = CodeField(NegotiationStatus, label=_("Where it stands"))


class MailsForm(ItemForm):
    """What e-mail and webhooks may carry of what is marked TLP:AMBER; opening it takes a second yes."""

    FACTS = ("mails_amber", "agreed")

    mails_amber = forms.TypedChoiceField(
        label=_("What mail and webhooks carry of TLP:AMBER"),
        choices=((False, _("How many changes there are, and a link")), (True, _("The changes themselves"))),
        coerce=lambda value: value == "True",
    )
    agreed = forms.BooleanField(
        label=_("Everybody who originates TLP:AMBER here agrees that it leaves the tracker by mail"), required=False
    )
    effective_at = None  # type: ignore[assignment]  # it holds from now on

    @property
    def facts(self) -> dict[str, Any]:
        return {"mails_amber": self.cleaned_data["mails_amber"]}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("mails_amber") and not data.get("agreed"):
            self.add_error("agreed", _("Say that they agree, or leave it at the number of changes and a link."))
        return data


class PublishForm(ItemForm):
    """Opens what is marked TLP:CLEAR to everybody."""

    effective_at = None  # type: ignore[assignment]  # publication is from now on


def _is_private(negotiation: Any) -> bool:
    return isinstance(negotiation, Negotiation) and not negotiation.published


_step = partial(Step, noun="negotiation")
STEPS = (
    _step(
        name="edit",
        verb="negotiation.edited",
        title=_("Edit the negotiation"),
        button=_("Save changes"),
        form=NegotiationForm,
        run=changes(edit_negotiation),
    ),
    _step(
        name="status",
        verb="negotiation.status_changed",
        title=_("Change where the negotiation stands"),
        button=_("Save status"),
        form=NegotiationStatusForm,
        run=changes(change_negotiation_status),
    ),
    _step(
        name="mails",
        verb="negotiation.edited",
        title=_("Decide what mail may carry"),
        button=_("Save what mail may carry"),
        form=MailsForm,
        run=changes(edit_negotiation),
        warning=_(
            "Whoever is cleared for TLP:AMBER here would find its words in their mail, on servers and devices that "
            "nobody here controls, and programs in their webhooks. TLP:AMBER+STRICT and TLP:RED are never carried. "
            "What was sent cannot be called back."
        ),
    ),
    _step(
        name="publish",
        verb="negotiation.published",
        title=_("Publish the negotiation"),
        button=pgettext_lazy("button", "Publish"),
        form=PublishForm,
        run=changes(publish_negotiation),
        warning=_(
            "Everything marked TLP:CLEAR becomes visible to everybody, also to programs, and everything marked "
            "TLP:GREEN to the members of every negotiation."
        ),
        applies=_is_private,
    ),
)
