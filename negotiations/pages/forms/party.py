"""Forms on the seats of actors: parties and third parties, with actors new to the registry."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from negotiations.models import Actor, Party, ThirdParty
from negotiations.rules.codes import ActorKind, ThirdPartyRole
from negotiations.services.actor import register_actor
from negotiations.services.party import edit_party, edit_third_party, seat_party, seat_third_party

from .base import ItemForm, StructureForm
from .fields import CodeField, PickField, ShortText
from .step import Doing, Step, changes


class SeatForm(StructureForm):
    """An actor of the registry, or a new one."""

    FACTS: ClassVar[tuple[str, ...]] = ("actor", "new_name", "new_name_ar", "new_short", "new_kind", "represented_by")
    PAIRS = (("new_name", "new_name_ar"), ("new_short", "new_kind"))

    actor = PickField(Actor, label=_("Actor of the registry"), required=False)
    new_name = ShortText(label=_("Or a new actor: its name"), required=False, max_length=160)
    new_name_ar = ShortText(label=_("Its name in Arabic"), required=False, max_length=160)
    new_short = ShortText(
        label=_("Its letters in tables"), required=False, max_length=6, help_text=_("One to six letters, no flag")
    )
    new_kind = CodeField(ActorKind, label=_("Kind"), required=False)
    represented_by = ShortText(
        label=_("Represented by"), required=False, help_text=_("Office-holders acting in their role")
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["actor"].queryset = Actor.objects.visible_to(self.viewer).order_by("name")  # type: ignore[attr-defined]
        self.fields["reason"].required = False

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if bool(data.get("actor")) == bool(data.get("new_name")):
            self.add_error("actor", _("Choose an actor of the registry, or name a new one."))
        elif data.get("new_name"):
            self._check_new(data)
        return data

    def _check_new(self, data: dict[str, Any]) -> None:
        for name in ("new_short", "new_kind"):
            if not data.get(name):
                self.add_error(name, _("Needed for a new actor."))
        if Actor.objects.visible_to(self.viewer).filter(name=data["new_name"]).exists():
            self.add_error(
                "new_name", _("The registry holds this name already; choose another name or the actor above.")
            )


class ThirdPartyForm(SeatForm):
    FACTS = ("role", *SeatForm.FACTS)

    role = CodeField(ThirdPartyRole, label=_("Role"))


class RepresentedForm(ItemForm):
    FACTS = ("represented_by",)

    represented_by = ShortText(label=_("Represented by"), required=False)


def actor_of(it: Doing) -> Actor:
    """The actor chosen, or the new one, registered first."""
    facts = it.form.cleaned_data
    chosen: Actor | None = facts["actor"]
    return chosen or register_actor(
        act=it.act,
        kind=facts["new_kind"],
        name=facts["new_name"],
        short=facts["new_short"],
        name_ar=facts["new_name_ar"],
    )


def _seat(it: Doing) -> Any:
    about = {"represented_by": it.facts["represented_by"], **it.reach}
    return seat_party(act=it.act, negotiation=it.negotiation, actor=actor_of(it), **about)


def _seat_outsider(it: Doing) -> Any:
    about = {"represented_by": it.facts["represented_by"], "role": it.facts["role"], **it.reach}
    return seat_third_party(act=it.act, negotiation=it.negotiation, actor=actor_of(it), **about)


STEPS = (
    Step(
        noun="party",
        name="new",
        verb="party.seated",
        title=_("Seat a party"),
        button=_("Seat the party"),
        form=SeatForm,
        run=_seat,
    ),
    Step(
        noun="party",
        name="edit",
        verb="party.edited",
        title=_("Edit the party"),
        button=_("Save changes"),
        form=RepresentedForm,
        run=changes(edit_party),
        on=Party,
    ),
    Step(
        noun="thirdparty",
        name="new",
        verb="thirdparty.seated",
        title=_("Seat a third party"),
        button=_("Seat the third party"),
        form=ThirdPartyForm,
        run=_seat_outsider,
    ),
    Step(
        noun="thirdparty",
        name="edit",
        verb="thirdparty.edited",
        title=_("Edit the third party"),
        button=_("Save changes"),
        form=RepresentedForm,
        run=changes(edit_third_party),
        on=ThirdParty,
    ),
)
