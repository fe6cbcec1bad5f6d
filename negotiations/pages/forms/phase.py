"""Forms on phases: their plan, where they stand, and what was declared of them."""

from __future__ import annotations

from functools import partial

from django import forms
from django.utils.translation import gettext_lazy as _

from negotiations.models import Actor, Clause, Phase
from negotiations.rules.codes import Anchor, PhaseStatus
from negotiations.services.phase import add_phase, change_phase_status, declare_phase, edit_phase

from .base import ItemForm, StructureForm
from .fields import CodeField, DaysField, LongText, MomentField, PickField, ShortText
from .sourced import SourcedForm
from .step import Step, changes, creates


class PhaseFields(ItemForm):
    FACTS = (
        "number", "title", "title_ar", "summary", "summary_ar", "clause",
        "planned_start_anchor", "planned_start_at", "planned_start_phase", "planned_start_offset",
        "planned_end_anchor", "planned_end_at", "planned_end_phase", "planned_end_offset", "extended_to",
    )  # fmt: skip
    PAIRS = (
        ("title", "title_ar"),
        ("summary", "summary_ar"),
        ("planned_start_anchor", "planned_start_at", "planned_start_phase", "planned_start_offset"),
        ("planned_end_anchor", "planned_end_at", "planned_end_phase", "planned_end_offset"),
    )

    number = forms.IntegerField(label=_("Number"), min_value=1, max_value=99)
    title = ShortText(label=_("Title"))
    title_ar = ShortText(label=_("Title in Arabic"), required=False)
    summary = LongText(label=_("Summary"), required=False, lines=2)
    summary_ar = LongText(label=_("Summary in Arabic"), required=False, lines=2)
    clause = PickField(Clause, label=_("Clause"), required=False)
    planned_start_anchor = CodeField(Anchor, label=_("Planned start, counted from"), required=False)
    planned_start_at = MomentField(label=_("At"), required=False)
    planned_start_phase = PickField(Phase, label=_("Start of the phase"), required=False)
    planned_start_offset = DaysField(label=_("Days after"), required=False)
    planned_end_anchor = CodeField(Anchor, label=_("Planned end, counted from"), required=False)
    planned_end_at = MomentField(label=_("At"), required=False)
    planned_end_phase = PickField(Phase, label=_("Start of the phase"), required=False)
    planned_end_offset = DaysField(label=_("Days after"), required=False)
    extended_to = MomentField(label=_("Extended to"), required=False)


class PhaseForm(PhaseFields, StructureForm):
    """A new step of the roadmap."""


class PhaseEditForm(PhaseFields):
    """The plan of a phase; where it stands has a step of its own."""


class PhaseStatusForm(SourcedForm):
    FACTS = ("status",)

    status = CodeField(PhaseStatus, label=_("Where it stands"))


class DeclareForm(SourcedForm):
    FACTS = ("status", "declared_by")
    PAIRS = (("status", "declared_by"),)
    NAMES = {**SourcedForm.NAMES, "declared_status": "status"}

    status = CodeField(PhaseStatus, label=_("What was declared"))
    declared_by = PickField(Actor, label=_("Declared by"))


_step = partial(Step, noun="phase")
STEPS = (
    _step(
        name="new",
        verb="phase.added",
        title=_("Add a phase"),
        button=_("Add the phase"),
        form=PhaseForm,
        run=creates(add_phase),
    ),
    _step(
        name="edit",
        verb="phase.edited",
        title=_("Edit the phase"),
        button=_("Save changes"),
        form=PhaseEditForm,
        run=changes(edit_phase),
        on=Phase,
    ),
    _step(
        name="status",
        verb="phase.status_changed",
        title=_("Change where the phase stands"),
        button=_("Save status"),
        form=PhaseStatusForm,
        run=changes(change_phase_status),
        on=Phase,
        warning=_("Ending a phase is final: a completed or superseded phase is not opened again."),
    ),
    _step(
        name="declare",
        verb="phase.declared",
        title=_("Record a declaration"),
        button=_("Record the declaration"),
        form=DeclareForm,
        run=changes(declare_phase),
        on=Phase,
        warning=_("What somebody declares does not move the assessed status."),
    ),
)
