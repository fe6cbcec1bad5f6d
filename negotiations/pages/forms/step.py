"""A step that a person may take on a page: its verb, its form, and what is done with what was typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from negotiations.models import MarkedItem, Negotiation, Organisation, Tracked, User
from negotiations.rules.codes import Marking
from negotiations.rules.errors import RuleError
from negotiations.services.act import Act

from .base import ItemForm, MarkedForm

# Whom a marking binds to an organisation: the author's own.
BOUND = (Marking.AMBER_STRICT, Marking.RED)


@dataclass(frozen=True, slots=True)
class Doing:
    """One step as somebody takes it: on which item, by which act, with the form as it was sent."""

    user: User
    negotiation: Negotiation
    act: Act
    form: ItemForm
    item: Any = None

    @property
    def version(self) -> int:
        return self.form.opened_version

    @property
    def facts(self) -> dict[str, Any]:
        return self.form.facts

    @property
    def reach(self) -> dict[str, Any]:
        """How the item to be made is marked; nothing where the form does not ask."""
        if not isinstance(self.form, MarkedForm):
            return {}
        seat = self.form.viewer.seat_in(self.negotiation.pk)
        marking = self.form.cleaned_data["marking"]
        if marking not in BOUND or seat is None or seat.organisation_id is None:
            return {"marking": marking}
        return {"marking": marking, "organisation": Organisation.objects.get(pk=seat.organisation_id)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A verb as a form on a page. Steps without `on` make something new."""

    noun: str
    name: str
    verb: str
    title: Promise
    button: Promise
    form: type[ItemForm]
    run: Callable[[Doing], Tracked]
    on: type[MarkedItem] | None = None
    # What the reader should know before they send it: shown above the button.
    warning: Promise | None = None
    # Whether the step makes sense for this very item now.
    applies: Callable[[Any], bool] = lambda _item: True


def creates(verb: Callable[..., Tracked], **fixed: Any) -> Callable[[Doing], Tracked]:
    """Run a verb that makes an item of the negotiation from the form's facts and marking."""
    return lambda it: verb(act=it.act, negotiation=it.negotiation, **it.facts, **it.reach, **fixed)


def creates_part(verb: Callable[..., Tracked]) -> Callable[[Doing], Tracked]:
    """Run a verb that makes a part of something the form names, which knows its negotiation."""
    return lambda it: verb(act=it.act, **it.facts, **it.reach)


def changes(verb: Callable[..., Tracked]) -> Callable[[Doing], Tracked]:
    """Run a verb on an existing item with the form's facts, against the version it was opened on."""
    return lambda it: verb(it.item, act=it.act, version=it.version, **it.facts)


def refuse(field: str, message: str, code: str = "invalid") -> RuleError:
    """What a step raises when what was typed cannot be."""
    return RuleError(message, code=code, fields={field: message})
