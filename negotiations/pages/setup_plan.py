"""From what was typed step by step to the plan of a new negotiation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from negotiations.models import Draft
from negotiations.rules.codes import AgreementState
from negotiations.rules.marking import Viewer
from negotiations.rules.roadmaps import SHAPES, Obligation, Roadmap
from negotiations.rules.splitting import numbered, split
from negotiations.selectors.words import words_of
from negotiations.services.setting_up import ObligationPlan, Plan, SeatPlan, TextPlan

from .forms.setting_up import PARTY, PASTE, AboutForm, ClauseRow, SeatRow, TextForm

STEPS = ("about", "seats", "text", "clauses", "check")
ROWS = 8


@dataclass(frozen=True, slots=True)
class Passage:
    """One thing that may oblige somebody: a clause of the pasted text, or what a common shape holds."""

    number: str
    words: str
    usual: Obligation | None = None


class Setup:
    """A new negotiation as far as it is typed, kept in a draft."""

    def __init__(self, draft: Draft, viewer: Viewer) -> None:
        self.draft, self.viewer = draft, viewer
        self.typed: dict[str, dict[str, list[str]]] = draft.content.get("steps", {})

    def sent(self, step: str) -> QueryDict | None:
        """What was typed at a step; None where it was not reached yet."""
        if step not in self.typed:
            return None
        found = QueryDict(mutable=True)
        for name, values in self.typed[step].items():
            found.setlist(name, values)
        return found

    def about(self, data: QueryDict | None = None) -> AboutForm:
        return AboutForm(data or self.sent("about"), viewer=self.viewer)

    def seats(self, data: QueryDict | None = None, more: int = 0) -> Any:
        """A row for each seat, and some empty ones."""
        rows = forms.formset_factory(SeatRow, extra=ROWS + more, max_num=60, absolute_max=60)
        return rows(data or self.sent("seats"), prefix="seat", form_kwargs={"viewer": self.viewer})

    def text(self, data: QueryDict | None = None) -> TextForm:
        return TextForm(data or self.sent("text"))

    def clauses(self, data: QueryDict | None = None) -> Any:
        """A row for each passage, with what its shape usually says."""
        found = self.passages()
        phases, parties = self.phase_titles(), self.parties()
        rows = forms.formset_factory(ClauseRow, extra=0, max_num=90, absolute_max=90)
        return rows(
            data or self.sent("clauses"),
            prefix="clause",
            initial=[_usual(one) for one in found],
            # What a shape brings is meant, also where nobody changes it.
            form_kwargs={"phases": phases, "parties": parties, "empty_permitted": False},
        )

    def chosen(self) -> dict[str, Any]:
        form = self.text()
        return dict(form.cleaned_data) if form.is_bound and form.is_valid() else {}

    def passages(self) -> list[Passage]:
        chosen = self.chosen()
        if chosen.get("start") == PASTE:
            return [Passage(one.number, one.words) for one in numbered(split(chosen["text"]))][:90]
        shape = self.shape()
        return [Passage("", one.title, one) for one in shape.obligations] if shape else []

    def shape(self) -> Any:
        start = self.chosen().get("start", "")
        return SHAPES[Roadmap(start)] if start in list(Roadmap) else None

    def phase_titles(self) -> list[str]:
        return [title for title, _ar in self.phases()]

    def phases(self) -> list[tuple[str, str]]:
        typed = [line.strip()[:200] for line in self.chosen().get("phases", "").splitlines() if line.strip()]
        if typed:
            return [(title, "") for title in typed[:20]]
        shape = self.shape()
        return list(shape.phases) if shape else [(_("First phase"), "")]

    def seat_plans(self) -> list[SeatPlan]:
        rows = self.seats()
        if not rows.is_bound or not rows.is_valid():
            return []
        return [_seat(row.cleaned_data) for row in rows if row.cleaned_data.get("role")]

    def parties(self) -> list[tuple[int, str]]:
        """The sides by their place among the seats."""
        plans = enumerate(self.seat_plans())
        return [(place, _called(plan)) for place, plan in plans if not plan.role]

    def missing(self) -> str:
        """The first step that is not done; empty when everything can be opened."""
        checks = {"about": self.about, "seats": self.seats, "text": self.text}
        for step, make in checks.items():
            form = make()
            if not form.is_bound or not form.is_valid():
                return step
        rows = self.clauses()
        return "" if not self.passages() or (rows.is_bound and rows.is_valid()) else "clauses"

    def plan(self) -> Plan:
        """The plan; to be asked only when nothing is missing."""
        about = self.about()
        about.is_valid()
        facts = {name: value for name, value in about.cleaned_data.items() if name != "organisation"}
        return Plan(
            about=facts,
            seats=tuple(self.seat_plans()),
            phases=tuple(self.phases()),
            text=self._text_plan(),
            obligations=tuple(self._obligations()),
        )

    def _text_plan(self) -> TextPlan | None:
        chosen = self.chosen()
        if chosen.get("start") != PASTE:
            return None
        return TextPlan(
            kind=chosen["kind"],
            title=chosen["title"],
            text=chosen["text"],
            language=chosen["language"],
            dated_on=chosen["dated_on"],
            clauses=tuple((one.number, one.words) for one in self.passages()),
        )

    def _obligations(self) -> list[ObligationPlan]:
        rows = self.clauses()
        if not rows.is_bound or not rows.is_valid():
            return []
        pairs = zip(self.passages(), rows, strict=False)
        return [_obligation(one, row.cleaned_data) for one, row in pairs if row.cleaned_data.get("is_obligation")]


def _usual(one: Passage) -> dict[str, Any]:
    if one.usual is None:
        return {"title": one.words.split("\n")[0][:120], "ref": "", "phase": 1}
    usual = one.usual
    return {
        "is_obligation": True,
        "title": usual.title,
        "category": usual.category,
        "phase": usual.phase,
        "opens": usual.opens,
    }


def _seat(data: dict[str, Any]) -> SeatPlan:
    role = "" if data["role"] == PARTY else data["role"]
    if data["actor"]:
        return SeatPlan(role=role, actor=data["actor"])
    return SeatPlan(role=role, new={name: data[name] for name in ("kind", "name", "short", "name_ar")})


def _called(plan: SeatPlan) -> str:
    return words_of(plan.actor, "name").here if plan.actor else str(plan.new["name"])


def _obligation(one: Passage, data: dict[str, Any]) -> ObligationPlan:
    usual = one.usual
    return ObligationPlan(
        title=data["title"],
        title_ar=usual.title_ar if usual and usual.title == data["title"] else "",
        category=data["category"],
        phase=data["phase"],
        ref=data["ref"],
        text="" if usual else one.words,
        clause=one.number,
        agreement_state=AgreementState.PROPOSED if usual else AgreementState.AGREED,
        obligors=tuple(data["obligors"]),
        beneficiary=data["beneficiary"],
        due_days=data["due_days"],
        opens=data["opens"],
        **({"kind": usual.kind} if usual else {}),
    )
