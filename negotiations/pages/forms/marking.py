"""Forms on markings: widening, narrowing and releasing at a set moment, on any marked item."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from negotiations.models import MarkedItem, User
from negotiations.rules.codes import Marking
from negotiations.rules.marking import STRUCTURE_NARROWEST, rank
from negotiations.services.marking import narrow_marking, set_embargo, widen_marking

from .base import ItemForm, markings_for
from .fields import MomentField, PickManyField
from .step import Doing, Step


class ReachForm(ItemForm):
    """To which marking; only those on one side of the present one are offered."""

    FACTS: ClassVar[tuple[str, ...]] = ("marking",)
    WIDENS = True

    marking = forms.ChoiceField(label=_("New sharing"), widget=forms.RadioSelect)
    effective_at = None  # type: ignore[assignment]  # who may see an item changes from now on

    def of(self, item: MarkedItem) -> None:
        seat = self.viewer.seat_in(self.negotiation.pk)
        narrowest = STRUCTURE_NARROWEST if item.IS_STRUCTURE else Marking.RED
        every = markings_for(seat, widest=Marking.CLEAR, narrowest=narrowest)
        here = rank(item.marking)
        codes = [code for code in every if (rank(code) < here if self.WIDENS else rank(code) > here)]
        pairs = [(code.value, f"{code.english}: {code.definition}") for code in codes]
        self.fields["marking"].choices = pairs  # type: ignore[attr-defined]


class NarrowForm(ReachForm):
    FACTS = ("marking", "readers")
    WIDENS = False

    readers = PickManyField(User, label=_("Named readers, for TLP:RED"))


class EmbargoForm(ReachForm):
    FACTS = ("release_at", "marking")

    release_at = MomentField(label=_("Widens at"))


def _widen(it: Doing) -> Any:
    return widen_marking(it.item, act=it.act, version=it.version, **it.facts)


def _narrow(it: Doing) -> Any:
    return narrow_marking(it.item, act=it.act, version=it.version, **it.facts)


def _embargo(it: Doing) -> Any:
    facts = it.facts
    return set_embargo(
        it.item, act=it.act, version=it.version, release_at=facts["release_at"], release_marking=facts["marking"]
    )


def _can_widen(item: MarkedItem) -> bool:
    return rank(item.marking) > rank(Marking.CLEAR)


def _can_narrow(item: MarkedItem) -> bool:
    narrowest = STRUCTURE_NARROWEST if item.IS_STRUCTURE else Marking.RED
    return rank(item.marking) < rank(narrowest)


STEPS = (
    Step(
        noun="marking",
        name="widen",
        verb="marking.widened",
        title=_("Let more people see this"),
        button=_("Widen the marking"),
        form=ReachForm,
        run=_widen,
        on=MarkedItem,
        warning=_(
            "Everything this says now is disclosed to the readers you choose. What they have read cannot be taken "
            "back. Earlier entries stay with those who could see them."
        ),
        applies=_can_widen,
    ),
    Step(
        noun="marking",
        name="narrow",
        verb="marking.narrowed",
        title=_("Let fewer people see this"),
        button=_("Narrow the marking"),
        form=NarrowForm,
        run=_narrow,
        on=MarkedItem,
        warning=_(
            "This, what belongs to it and all entries about it disappear from whoever may no longer see it. "
            "What they have read or taken away already stays with them."
        ),
        applies=_can_narrow,
    ),
    Step(
        noun="marking",
        name="embargo",
        verb="marking.embargoed",
        title=_("Release at a set moment"),
        button=_("Set the embargo"),
        form=EmbargoForm,
        run=_embargo,
        on=MarkedItem,
        warning=_("At that moment it widens by itself, without anybody being asked again."),
        applies=_can_widen,
    ),
)
