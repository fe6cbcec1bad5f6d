"""The form that corrects an entry: what it said, field by field, to be said again."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from negotiations.models import Actor, Entry, Tracked, User
from negotiations.models.snapshot import restore
from negotiations.rules.fields import field_in_words
from negotiations.services.correction import FINAL, correct
from negotiations.services.guards import GUARDED

from .fields import DaysField, LongText, MomentField, NumberField, PickField, PickManyField
from .sourced import SourcedForm
from .step import Doing, Step
from .steps import STEPS

# What only a verb writes: who judged, and moments that follow from the act itself.
OWN = frozenset(
    {"author", "placed_by", "placed_at", "status_since", "written_at", "subject_type", "subject_id", "thread"}
)

# What no other form asks for.
RARE = {
    "aliases": _("Other names"),
    "authentic_languages": _("Authentic languages"),
    "byline": _("Name on public pages"),
    "byline_ar": _("Name on public pages, in Arabic"),
    "clearance": _("Sees up to"),
    "closed_reason": _("Why it closed"),
    "country_code": _("Country code"),
    "finding_rejected_by": _("Finding rejected by"),
    "found_at": _("Found at"),
    "gate": _("Entry condition in dispute"),
    "is_illustrative": _("Made up, as an illustration"),
    "name_ar": _("Name in Arabic"),
    "pax_agreement_id": _("Number in the PA-X database"),
    "pax_agreement_ids": _("Numbers in the PA-X database"),
    "preceded_by": _("Earlier attempt"),
    "reason_ar": _("Reason in Arabic"),
    "resolved_at": _("Resolved at"),
    "short": _("Short name"),
    "texts": _("Wording in each language"),
    "title_language": _("Language of the title"),
    "user": _("Person"),
    "verified_at": _("Verified at"),
    "verified_by_actor": _("Who verified it"),
}


class CorrectForm(SourcedForm):
    """Fields come from the entry that is corrected."""

    def about(self, entry: Entry, item: Tracked) -> None:
        """Offer what the entry set, as it set it."""
        told = {name: pair[1] for name, pair in entry.payload.changes.items() if is_correctable(name)}
        said = type(item)()
        relations = restore(said, told)
        names = []
        for name in told:
            field = field_for(item._meta.get_field(name), label=label_of(item.noun(), name))
            if field is None:
                continue
            if isinstance(field, PickField | PickManyField):
                field.queryset = self.rows_of(field.kind)
            field.widget.attrs.setdefault("id", f"id_{name}")
            field.widget.attrs.setdefault("class", "inp")
            self.fields[name] = field
            self.initial.setdefault(name, relations[name] if name in relations else getattr(said, name))
            names.append(name)
        self.FACTS = tuple(names)  # type: ignore[misc]  # this entry's own fields

    def rows_of(self, kind: type[models.Model]) -> models.QuerySet[Any]:
        if kind is Actor:
            return Actor.objects.visible_to(self.viewer).order_by("name")
        if kind is User:
            return User.objects.filter(memberships__negotiation=self.negotiation, memberships__ended_at__isnull=True)
        rows = kind._default_manager.visible_to(self.viewer)  # type: ignore[attr-defined]
        return rows.filter(negotiation=self.negotiation).order_by("pk")  # type: ignore[no-any-return]


def is_correctable(name: str) -> bool:
    return name == "status" or (name not in GUARDED and name not in OWN)


def label_of(noun: str, name: str) -> str:
    """The field as the item's own forms call it, else as the record or any form does; empty where nothing does."""
    known = [step for step in STEPS.values() if name in step.form.base_fields]
    labels = [step.form.base_fields[name].label for step in sorted(known, key=lambda step: step.noun != noun)]
    if known and any(step.noun == noun for step in known) and labels[0]:
        return str(labels[0])
    return str(RARE.get(name) or field_in_words(name) or next((one for one in labels if one), ""))


def field_for(column: Any, *, label: str = "") -> forms.Field | None:
    """The form field for a column; None for what cannot be typed."""
    label = label or str(column.verbose_name).capitalize()
    common: dict[str, Any] = {"label": label, "required": False}
    match column:
        case models.ManyToManyField():
            return PickManyField(column.related_model, label=label)
        case models.ForeignKey():
            return PickField(column.related_model, **common)
        case models.DateTimeField():
            return MomentField(**common)
        case models.DurationField():
            return DaysField(**common)
        case models.DecimalField():
            return NumberField(**common)
        case models.TextField():
            return LongText(**common)
        case models.JSONField():
            return None
    found: forms.Field | None = column.formfield(**common)
    return found


def can_be_corrected(entry: Entry) -> bool:
    """Whether a correction makes sense: it changed something, stands, and is no disclosure or redaction."""
    return entry.verb not in FINAL and entry.subject_version is not None and not entry.superseded_by.exists()


def _correct(it: Doing) -> Any:
    entry: Entry = it.item
    changed = set(it.form.changed_data)
    now = {name: value for name, value in it.facts.items() if name in changed}
    return correct(entry, act=it.act, version=None, **now)


STEP = Step(
    noun="entry",
    name="correct",
    verb="entry.corrected",
    title=_("Correct this entry"),
    button=_("Save the correction"),
    form=CorrectForm,
    run=_correct,
    warning=_("The entry stays readable under its correction; nothing is overwritten."),
)
