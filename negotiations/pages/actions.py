"""The steps a reader may take, as links: on a negotiation, on one item, and beside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from negotiations.models import Condition, Dispute, MarkedItem, Negotiation, Phase, Proposal
from negotiations.rules.permissions import may

from .forms.step import Step
from .forms.steps import STEPS, new_steps, steps_on
from .frame import Visit
from .whereabouts import step_address

# What is recorded of an item: the step's noun, and the field of its form that names the item.
BESIDE: dict[type[MarkedItem], tuple[tuple[str, str], ...]] = {
    Condition: (
        ("claim", "conditions"),
        ("position", "condition"),
        ("incident", "conditions"),
        ("dispute", "conditions"),
        ("gate", "condition"),
        ("link", "condition"),
    ),
    Dispute: (("position", "dispute"), ("proposal", "dispute"), ("message", "dispute")),
    Proposal: (("position", "proposal"),),
    Phase: (("condition", "phase"), ("gate", "phase"), ("window", "phase"), ("assessment", "phase")),
}


@dataclass(frozen=True, slots=True)
class Action:
    """A step as a link."""

    label: str
    href: str


def may_take(opened: Visit, verb: str) -> bool:
    """Whether the reader's seat allows the verb, on the page as it is now."""
    seat = opened.viewer.seat_in(opened.negotiation.pk)
    return not opened.head.is_past and may(seat.role if seat else None, verb)


def new_actions(opened: Visit) -> list[Action]:
    """Everything new that the reader may record here."""
    return [_new(opened, step) for step in new_steps() if may_take(opened, step.verb)]


def whole_actions(opened: Visit) -> list[Action]:
    """The steps on the negotiation as a whole."""
    steps = [step for step in STEPS.values() if step.noun == "negotiation" and step.applies(opened.negotiation)]
    return _on(opened, opened.negotiation, steps)


def item_actions(opened: Visit, item: MarkedItem) -> list[Action]:
    """The steps on one item that make sense now."""
    return _on(opened, item, steps_on(item))


def beside_actions(opened: Visit, item: MarkedItem) -> list[Action]:
    """What may be recorded about an item: statements of it, and a note on it."""
    found = []
    for noun, field in BESIDE.get(type(item), ()):
        step = STEPS[noun, "new"]
        if may_take(opened, step.verb):
            found.append(_new(opened, step, {field: item.public_id}))
    note = STEPS["note", "new"]
    if may_take(opened, note.verb):
        found.append(_new(opened, note, {"about": f"{item.noun()}:{item.public_id}"}))
    return found


def _on(opened: Visit, item: MarkedItem | Negotiation, steps: Iterable[Step]) -> list[Action]:
    noun = item.noun()
    allowed = [step for step in steps if may_take(opened, step.verb)]
    return [Action(str(step.title), step_address(opened.negotiation, item, noun, step.name)) for step in allowed]


def _new(opened: Visit, step: Step, asked: dict[str, Any] | None = None) -> Action:
    address = reverse("write-new", args=[opened.head.slug, step.noun])
    return Action(str(step.title), f"{address}?{urlencode(asked)}" if asked else address)
