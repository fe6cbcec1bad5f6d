"""Forms of a capture: the source, and a row for each thing it says."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from negotiations.models import Actor, Condition, Dispute, Negotiation, Organisation, Source
from negotiations.rules.codes import (
    ClaimKind,
    ConditionStatus,
    Credibility,
    IncidentType,
    Marking,
    Reliability,
    SourceKind,
    Stance,
    VerifiedBy,
)
from negotiations.rules.marking import Viewer
from negotiations.services.capturing import Saying

from .base import markings_for, offered
from .fields import NOTHING, CodeField, LanguageField, LongText, MomentField, NumberField, PickField, ShortText
from .step import BOUND

KINDS = (("claim", _("Claim")), ("position", _("Position")), ("incident", _("Incident")), ("status", _("Status")))
# What each kind of row cannot do without.
NEEDED = {
    "claim": ("who", "claim_kind", "words", "at", "marking"),
    "position": ("who", "stance", "words", "at", "marking"),
    "incident": ("incident_type", "words", "at", "marking"),
    "status": ("condition", "status", "words"),
}


class InNegotiation(forms.Form):
    """A form that offers what a reader may see of one negotiation, and the markings they may set."""

    marking = forms.ChoiceField(label=_("Sharing"), required=False)

    def __init__(self, *args: Any, viewer: Viewer, negotiation: Negotiation, **options: Any) -> None:
        super().__init__(*args, **options)
        self.viewer, self.negotiation = viewer, negotiation
        self.seat = viewer.seat_in(negotiation.pk)
        codes = markings_for(self.seat, widest=Marking.CLEAR, narrowest=Marking.RED)
        self.fields["marking"].choices = [(code.value, code.english) for code in codes]  # type: ignore[attr-defined]
        for field in self.fields.values():
            if isinstance(field, PickField):
                field.queryset = offered(field.kind, viewer, negotiation)
            field.widget.attrs.setdefault("class", "inp")

    def reach(self) -> dict[str, Any]:
        marking = self.cleaned_data.get("marking") or Marking.CLEAR
        if marking not in BOUND or self.seat is None or self.seat.organisation_id is None:
            return {"marking": marking}
        return {"marking": marking, "organisation": Organisation.objects.get(pk=self.seat.organisation_id)}


class CapturedSource(InNegotiation):
    """The source of it all: one of the negotiation's own, or a new one."""

    FACTS = ("publisher", "title", "url", "kind", "reliability", "published_at", "language", "origin", "attribution")

    known = PickField(Source, label=_("A source that is here already"), required=False)
    url = forms.URLField(label=_("Address"), required=False, max_length=600, assume_scheme="https")
    publisher = ShortText(label=_("Publisher"), required=False)
    title = ShortText(label=_("Title"), required=False, max_length=400)
    kind = CodeField(SourceKind, label=_("Kind"), required=False, initial=SourceKind.NEWS_REPORT)
    reliability = CodeField(Reliability, label=_("Reliability"), required=False, initial=Reliability.F)
    published_at = MomentField(label=_("Published"), required=False)
    language = LanguageField(label=_("Language"), required=False)
    origin = ShortText(label=_("Origin"), required=False, max_length=120)
    attribution = ShortText(label=_("How it may be named to others"), required=False)
    text = LongText(label=_("What it says, pasted"), required=False, lines=5)
    file = forms.FileField(label=_("Or a file: PDF, picture or plain text"), required=False)
    is_another = forms.BooleanField(label=_("It is another source; add it"), required=False)
    reason = ShortText(label=_("Reason"), required=False, max_length=300)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        graded = [(one.value, f"{one.value} {one.label}") for one in Reliability]
        self.fields["reliability"].choices = graded  # type: ignore[attr-defined]
        for name, field in self.fields.items():
            field.widget.attrs.setdefault("id", f"id_{name}")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("known"):
            for name in ("publisher", "title"):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, _("Needed for a new source."))
        return data

    @property
    def facts(self) -> dict[str, Any]:
        """The new source as its verb takes it."""
        data = self.cleaned_data
        return {
            **{name: data[name] for name in self.FACTS},
            "kind": data["kind"] or SourceKind.NEWS_REPORT,
            "reliability": data["reliability"] or Reliability.F,
            "language": data["language"] or "en",
            "title_language": data["language"] or "en",
            "accessed_at": timezone.now(),
            **self.reach(),
        }


class SayingRow(InNegotiation):
    """One thing the source says; what is asked depends on its kind."""

    kind = forms.ChoiceField(label=_("What it gives"), required=False, choices=[NOTHING, *KINDS])
    who = PickField(Actor, label=_("Who says it"), required=False)
    speaker = ShortText(label=_("Speaker"), required=False)
    condition = PickField(Condition, label=_("On the condition"), required=False)
    dispute = PickField(Dispute, label=_("On the dispute"), required=False)
    claim_kind = CodeField(ClaimKind, label=_("What is said"), required=False)
    stance = CodeField(Stance, label=_("Stance"), required=False)
    incident_type = CodeField(IncidentType, label=_("What kind of event"), required=False)
    status = CodeField(ConditionStatus, label=_("Status"), required=False)
    verified_by = CodeField(VerifiedBy, label=_("Whose word"), required=False)
    value = NumberField(label=_("Value"), required=False)
    unit = ShortText(label=_("Unit"), required=False, max_length=60)
    words = LongText(label=_("In words"), required=False, lines=2, max_length=4000)
    quote = LongText(label=_("Passage, in its own language"), required=False, lines=2, max_length=4000)
    at = MomentField(label=_("When it was so"), required=False)
    credibility = CodeField(Credibility, label=_("Credibility of this piece of information"), required=False)

    # A rule's name for a field: the row's name for it.
    NAMES = {
        "claimant": "who", "actor": "who", "text": "words", "summary": "words", "title": "words", "reason": "words",
        "evidence": "credibility", "source": "credibility", "verification": "verified_by", "claims_differ": "status",
        "said_at": "at", "stated_at": "at", "happened_at": "at", "effective_at": "at", "type": "incident_type",
    }  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        graded = [(one.value, f"{one.value} {one.label}") for one in Credibility]
        self.fields["credibility"].choices = [NOTHING, *graded]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        kind = data.get("kind") or ""
        for name in NEEDED.get(kind, ()):
            if not data.get(name) and name not in self.errors:
                self.add_error(name, _("This is needed here."))
        if kind == "position" and bool(data.get("condition")) == bool(data.get("dispute")):
            self.add_error("dispute", _("Choose one thing that the position is on: a dispute or a condition."))
        if not kind and (data.get("words") or data.get("who")):
            self.add_error("kind", _("Say what this gives, or empty the row."))
        return data

    def refuse(self, message: str, fields: dict[str, str]) -> None:
        for name, why in fields.items():
            here = self.NAMES.get(name, name)
            self.add_error(here if here in self.fields else None, why)
        if not fields:
            self.add_error(None, message)

    @property
    def saying(self) -> Saying:
        """The row as the service takes it; to be asked only of rows with a kind."""
        data = self.cleaned_data
        return Saying(
            kind=data["kind"],
            at=data["at"],
            credibility=data["credibility"] or Credibility.CANNOT_BE_JUDGED,
            quote=data["quote"],
            facts=getattr(self, f"_{data['kind']}")(data),
        )

    def _claim(self, data: dict[str, Any]) -> dict[str, Any]:
        conditions = [data["condition"]] if data["condition"] else []
        measure = {"value_best": data["value"], "unit": data["unit"]} if data["value"] is not None else {}
        return {
            "claimant": data["who"],
            "speaker": data["speaker"],
            "kind": data["claim_kind"],
            "text": data["words"],
            "conditions": conditions,
            **measure,
            **self.reach(),
        }

    def _position(self, data: dict[str, Any]) -> dict[str, Any]:
        about = {"dispute": data["dispute"], "condition": data["condition"]}
        return {
            "actor": data["who"],
            "speaker": data["speaker"],
            "stance": data["stance"],
            "summary": data["words"][:300],
            "quote": data["quote"],
            **about,
            **self.reach(),
        }

    def _incident(self, data: dict[str, Any]) -> dict[str, Any]:
        conditions = [data["condition"]] if data["condition"] else []
        return {
            "type": data["incident_type"],
            "title": data["words"][:200],
            "text": data["words"],
            "alleged_by": data["who"],
            "conditions": conditions,
            **self.reach(),
        }

    def _status(self, data: dict[str, Any]) -> dict[str, Any]:
        found = {"verified_by": data["verified_by"], "verified_by_actor": data["who"]} if data["verified_by"] else {}
        return {"condition": data["condition"], "status": data["status"], "value": data["value"], **found}
