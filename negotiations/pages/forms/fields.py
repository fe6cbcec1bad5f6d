"""Fields that forms share: moments, spans of days, and things of the negotiation that may be named."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from negotiations.models import Actor, Clause, Gate, Party, Phase, Proposal, ProposalVersion, Source, ThirdParty
from negotiations.rules.codes import ThirdPartyRole
from negotiations.rules.legible import legible
from negotiations.selectors.words import words_of

NOTHING = ("", _("not said"))
TITLES = ("title", "name", "summary", "subject", "question", "text")


class MomentField(forms.DateTimeField):
    """A moment in the page's time zone, to the minute; browsers without a picker take it as text."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local", "class": "inp"}, format="%Y-%m-%dT%H:%M")

    def __init__(self, **options: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d"], **options)

    def to_python(self, value: Any) -> datetime | None:
        try:
            found = super().to_python(value)
        except OverflowError:
            raise forms.ValidationError(_("Give a year from 1900 on.")) from None
        if found is not None and found.year < 1900:
            raise forms.ValidationError(_("Give a year from 1900 on."))
        return found


class DaysField(forms.IntegerField):
    """A span of whole days, kept as a duration."""

    def __init__(self, **options: Any) -> None:
        widget = forms.NumberInput(attrs={"class": "inp num", "inputmode": "numeric"})
        super().__init__(**{"min_value": -36500, "max_value": 36500, "widget": widget, **options})

    def clean(self, value: Any) -> Any:
        found = super().clean(value)
        return None if found is None else timedelta(days=found)

    def prepare_value(self, value: Any) -> Any:
        return value.days if isinstance(value, timedelta) else value


class Legible(forms.CharField):
    """Words without the signs that nobody sees; those that show nothing are none."""

    def to_python(self, value: Any) -> str:
        return legible(super().to_python(value) or "")


class LongText(Legible):
    """Words over several lines; `lines` is how many show at first."""

    def __init__(self, *, lines: int = 3, **options: Any) -> None:
        widget = forms.Textarea(attrs={"class": "inp", "rows": lines, "dir": "auto"})
        super().__init__(**{"max_length": 20_000, "widget": widget, **options})


class ShortText(Legible):
    """Words on one line, in whichever direction they are written."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"class": "inp", "dir": "auto"})
        super().__init__(**{"max_length": 200, "widget": widget, **options})


class NumberField(forms.DecimalField):
    """An amount, never below nothing."""

    def __init__(self, **options: Any) -> None:
        widget = forms.NumberInput(attrs={"class": "inp num", "inputmode": "decimal", "step": "any"})
        super().__init__(**{"max_digits": 16, "decimal_places": 4, "min_value": 0, "widget": widget, **options})

    def prepare_value(self, value: Any) -> Any:
        return format(value.normalize(), "f") if isinstance(value, Decimal) else value


class LanguageField(forms.ChoiceField):
    """The language words are in, of those that talks and their press are mostly held in."""

    CODES = ("en", "ar", "he", "fa", "tr", "fr", "es", "ru", "uk", "id")

    def __init__(self, **options: Any) -> None:
        # Callable, so that each reader finds the names in their own language.
        super().__init__(**{"choices": self.named, "initial": "en", **options})
        self.widget.attrs.setdefault("class", "inp")

    @classmethod
    def named(cls) -> list[tuple[str, str]]:
        return [(code, str(get_language_info(code)["name_translated"])) for code in cls.CODES]


class CodeField(forms.ChoiceField):
    """One code of a kind, or nothing where it need not be said."""

    def __init__(self, kind: Any, *, required: bool = True, **options: Any) -> None:
        choices = kind.choices() if required else [NOTHING, *kind.choices()]
        super().__init__(choices=choices, required=required, **options)
        self.widget.attrs.setdefault("class", "inp")


class PickField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable when the program runs
    """One thing of the negotiation among those the reader may see; the form says which those are."""

    def __init__(self, kind: type[models.Model], **options: Any) -> None:
        self.kind = kind
        super().__init__(kind._default_manager.none(), **{"to_field_name": "public_id", "empty_label": "–", **options})
        self.widget.attrs.setdefault("class", "inp")

    def label_from_instance(self, row: Any) -> str:
        return called(row)


class PickManyField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # as above
    """Several things of the negotiation among those the reader may see."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, kind: type[models.Model], **options: Any) -> None:
        self.kind = kind
        super().__init__(kind._default_manager.none(), **{"to_field_name": "public_id", "required": False, **options})

    def label_from_instance(self, row: Any) -> str:
        return called(row)


def called(row: Any) -> str:
    """What a form calls a thing: its ref and its title, in the reader's language."""
    match row:
        case Phase():
            return _now("Phase %(number)s: %(title)s") % {"number": row.number, "title": words_of(row, "title").here}
        case Party():
            return words_of(row.actor, "name").here
        case ThirdParty():
            return f"{words_of(row.actor, 'name').here} ({ThirdPartyRole(row.role).label})"
        case Actor():
            return words_of(row, "name").here
        case Clause():
            return f"{row.number} {words_of(row, 'text').here[:90]}"
        case Gate():
            return f"{called(row.phase)} ← {called(row.condition)}"
        case ProposalVersion():
            return _now("Version %(number)s") % {"number": row.number}
        case Source():
            return f"{row.ref} {words_of(row, 'title').here} · {row.publisher}"
        case Proposal():
            return f"{row.ref} {words_of(row, 'title').here}"
    name = next((name for name in TITLES if getattr(row, name, None)), "")
    title = words_of(row, name).here if name else str(row)
    return f"{getattr(row, 'ref', '')} {title}".strip()


def this_minute() -> datetime:
    """Now, to the minute, as a form for a moment shows it."""
    return timezone.now().replace(second=0, microsecond=0)
