"""Forms that bring a file: what it holds, who may see its rows, whose the negotiation is that it opens."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from negotiations.imports.mappings import MAPPINGS
from negotiations.models import Membership, Negotiation, Organisation, User
from negotiations.rules.codes import ImportKind, Marking
from negotiations.rules.marking import Viewer
from negotiations.rules.permissions import may

from .base import markings_for

ACCEPTED = ".csv,.tsv,.txt,.xlsx"
OPENING = (ImportKind.RECORD, ImportKind.UCDP_GED)


class FileForm(forms.Form):
    """A file and what it is said to hold."""

    kind = forms.ChoiceField(label=_("What the file holds"), widget=forms.Select(attrs={"class": "inp"}))
    file = forms.FileField(label=_("File"), max_length=200, widget=forms.FileInput(attrs={"accept": ACCEPTED}))


class TableForm(FileForm):
    """A table for one negotiation, of a kind that the person's seat lets them write."""

    marking = forms.ChoiceField(label=_("Sharing of rows that do not say it"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, viewer: Viewer, negotiation: Negotiation, **options: Any) -> None:
        super().__init__(*args, **options)
        seat = viewer.seat_in(negotiation.pk)
        kinds = [ImportKind(kind) for kind, one in MAPPINGS.items() if may(seat.role if seat else None, one.made_by)]
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]  # type: ignore[attr-defined]
        codes = markings_for(seat, widest=Marking.CLEAR, narrowest=Marking.AMBER_STRICT)
        self.fields["marking"].choices = [(code.value, code.english) for code in codes]  # type: ignore[attr-defined]
        self.fields["marking"].initial = next((one.value for one in codes if one == Marking.AMBER), codes[0].value)


class OpeningForm(FileForm):
    """A file that opens a negotiation, led by whoever brings it from one of their organisations."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Organisation you lead it from"),
        to_field_name="public_id",
        empty_label=None,
        widget=forms.Select(attrs={"class": "inp"}),
    )

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in OPENING]  # type: ignore[attr-defined]
        self.fields["file"].widget.attrs["accept"] = f"{ACCEPTED},.jsonl"
        seats = Membership.objects.filter(user=user, ended_at__isnull=True)
        rows = Organisation.objects.filter(pk__in=seats.values("organisation")).order_by("name")
        self.fields["organisation"].queryset = rows  # type: ignore[attr-defined]
