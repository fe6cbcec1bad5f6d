"""What every form on an item has: its version, refusals beside their fields, and what the reader may name."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from negotiations.models import Actor, Gate, MarkedItem, Membership, Negotiation, Party, ThirdParty, User
from negotiations.rules.codes import Marking
from negotiations.rules.marking import Seat, Viewer, rank

from .fields import LongText, MomentField, PickField, PickManyField, this_minute

ORDER: dict[type[models.Model], tuple[str, ...]] = {
    Actor: ("name",),
    Party: ("actor__name",),
    ThirdParty: ("actor__name", "role"),
    User: ("display_name", "username"),
}


class VersionedForm(forms.Form):
    """A form that says which version of the item it was opened on."""

    # A rule's name for a field: the form's name for it.
    NAMES: ClassVar[dict[str, str]] = {}

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    on_top = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)

    @property
    def opened_version(self) -> int:
        """The version to compare with: the saved one where the reader chose to apply theirs on top."""
        on_top: int | None = self.cleaned_data.get("on_top")
        return int(self.cleaned_data["version"]) if on_top is None else on_top

    def refuse(self, message: str, fields: Mapping[str, str]) -> None:
        """Put a rule's refusal beside the fields it concerns, or at the top where it names none here."""
        here = {self.called_here(name): why for name, why in fields.items()}
        known = {name: why for name, why in here.items() if name in self.fields}
        for name, why in known.items():
            self.add_error(name, why)
        if not known or len(known) < len(here):
            self.add_error(None, message)

    def called_here(self, name: str) -> str:
        return self.NAMES.get(name, name)

    def mark_invalid(self) -> None:
        """Tell assistive technology which fields are wrong and where the sentence about each is."""
        for name in self.errors:
            if name in self.fields:
                attrs = self.fields[name].widget.attrs
                attrs |= {"aria-invalid": "true", "aria-describedby": f"id_{name}_error"}


class ItemForm(VersionedForm):
    """A form for one step on one item, or on an item still to be made.

    `FACTS` are the fields handed to the verb under their own names; everything else is about the act.
    """

    FACTS: ClassVar[tuple[str, ...]] = ()
    # Which fields stand beside each other on a wide screen.
    PAIRS: ClassVar[tuple[tuple[str, ...], ...]] = ()
    # The fact that dates the act itself: asked once, and not again as "true as of".
    MOMENT: ClassVar[str] = ""
    # What may be dated ahead, as a meeting may: then it is known from now.
    MAY_BE_AHEAD: ClassVar[bool] = False

    effective_at = MomentField(label=_("True as of"), required=False)
    reason = LongText(label=_("Reason"), max_length=4000, lines=2)

    def __init__(self, *args: Any, viewer: Viewer, negotiation: Negotiation, **options: Any) -> None:
        super().__init__(*args, **options)
        self.viewer, self.negotiation = viewer, negotiation
        self.item: MarkedItem | None = None
        if self.MOMENT:
            del self.fields["effective_at"]
            self.fields[self.MOMENT].initial = timezone.now
        for name, field in self.fields.items():
            if isinstance(field, PickField | PickManyField):
                field.queryset = offered(field.kind, viewer, negotiation)
            if not isinstance(field.widget, forms.HiddenInput | forms.RadioSelect | forms.CheckboxSelectMultiple):
                field.widget.attrs.setdefault("id", f"id_{name}")
                if not isinstance(field.widget, forms.CheckboxInput):
                    field.widget.attrs.setdefault("class", "inp")

    def called_here(self, name: str) -> str:
        if name == "effective_at" and self.MOMENT:
            return self.MOMENT
        return super().called_here(name)

    @property
    def facts(self) -> dict[str, Any]:
        """The item's own fields as the verb takes them."""
        return {name: self.cleaned_data[name] for name in self.FACTS if name in self.cleaned_data}

    @property
    def moment(self) -> datetime | None:
        """The moment given; None for now, so that a change made now never counts as a late one."""
        given: datetime | None = self.cleaned_data.get(self.MOMENT or "effective_at")
        if given is None or given == this_minute():
            return None
        return None if self.MAY_BE_AHEAD and given > timezone.now() else given

    @property
    def rows(self) -> list[list[forms.BoundField]]:
        """The item's own fields in the order of the form, those of a pair together."""
        paired = {name: pair for pair in self.PAIRS for name in pair}
        rows: list[list[forms.BoundField]] = []
        for name in self.shown:
            pair = paired.get(name)
            if pair is None:
                rows.append([self[name]])
            elif name == pair[0]:
                rows.append([self[one] for one in pair if one in self.fields])
        return rows

    @property
    def shown(self) -> list[str]:
        return [name for name in self.FACTS if name in self.fields]


class MarkedForm(ItemForm):
    """A form that makes an item: it also asks who may see it, up to what its author may see themselves."""

    NARROWEST: ClassVar[Marking] = Marking.RED
    WIDEST: ClassVar[Marking] = Marking.CLEAR

    marking = forms.ChoiceField(label=_("Sharing"), widget=forms.RadioSelect)
    readers = PickManyField(User, label=_("Named readers"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        seat = self.viewer.seat_in(self.negotiation.pk)
        codes = markings_for(seat, widest=self.WIDEST, narrowest=self.NARROWEST)
        self.fields["marking"].choices = [(code.value, code.english) for code in codes]  # type: ignore[attr-defined]
        if Marking.RED not in codes:
            del self.fields["readers"]

    @property
    def reach(self) -> dict[str, Any]:
        """Marking and organisation of the new item: an author's item is their own organisation's."""
        seat = self.viewer.seat_in(self.negotiation.pk)
        return {"marking": self.cleaned_data["marking"], "organisation_id": seat.organisation_id if seat else None}


class StructureForm(MarkedForm):
    """Structure is seen by every member of the negotiation, or by more."""

    NARROWEST = Marking.AMBER


def markings_for(seat: Seat | None, *, widest: Marking, narrowest: Marking) -> list[Marking]:
    """The markings a person may set, widest first: up to their clearance, and RED for those they name."""
    if seat is None:
        return []
    within = [code for code in Marking if rank(widest) <= rank(code) <= rank(narrowest)]
    return [code for code in within if code is Marking.RED or rank(code) <= rank(seat.clearance)]


def offered(kind: type[models.Model], viewer: Viewer, negotiation: Negotiation) -> models.QuerySet[Any]:
    """The rows of a kind that a reader may name in this negotiation, in the order of a list."""
    rows: Any
    if kind is User:
        seated = Membership.objects.filter(negotiation=negotiation, ended_at__isnull=True).values("user")
        rows = User.objects.filter(pk__in=seated)
    elif kind is Actor:
        seats = Party.objects.visible_to(viewer).filter(negotiation=negotiation).values("actor")
        roles = ThirdParty.objects.visible_to(viewer).filter(negotiation=negotiation).values("actor")
        rows = Actor.objects.filter(models.Q(pk__in=seats) | models.Q(pk__in=roles))
    else:
        rows = kind._default_manager.visible_to(viewer).filter(negotiation=negotiation)  # type: ignore[attr-defined]
    if kind in (Party, ThirdParty):
        rows = rows.select_related("actor")
    if kind is Gate:
        rows = rows.select_related("phase", "condition").filter(withdrawn_at__isnull=True)
    names = {field.name for field in kind._meta.get_fields()}
    ordered: models.QuerySet[Any] = rows.order_by(*ORDER.get(kind, ("number",) if "number" in names else ("pk",)))
    return ordered
