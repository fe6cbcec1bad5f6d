"""The form that corrects an entry: what it said, field by field, to be said again."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from negotiations.models import Actor, Entry, Tracked, User
from negotiations.models.snapshot import restore
from negotiations.services.correction import FINAL, correct
from negotiations.services.guards import GUARDED

from .fields import DaysField, LongText, MomentField, NumberField, PickField, PickManyField
from .sourced import SourcedForm
from .step import Doing, Step

# What only a verb writes: who judged, and moments that follow from the act itself.
OWN = frozenset(
    {"author", "placed_by", "placed_at", "status_since", "written_at", "subject_type", "subject_id", "thread"}
)


class CorrectForm(SourcedForm):
    """Fields come from the entry that is corrected."""

    def about(self, entry: Entry, item: Tracked) -> None:
        """Offer what the entry set, as it set it."""
        told = {name: pair[1] for name, pair in entry.payload.changes.items() if is_correctable(name)}
        said = type(item)()
        relations = restore(said, told)
        names = []
        for name in told:
            field = field_for(item._meta.get_field(name))
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


def field_for(column: Any) -> forms.Field | None:
    """The form field for a column; None for what cannot be typed."""
    label = str(column.verbose_name).capitalize()
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
