"""The form that takes a copy of a source."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

ACCEPTED = ".pdf,.png,.jpg,.jpeg,.webp,.html,.htm,.txt"


class CopyForm(forms.Form):
    """One file; what it really is is told from its bytes when it is stored."""

    file = forms.FileField(label=_("File"), max_length=200, widget=forms.FileInput(attrs={"accept": ACCEPTED}))
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10**9)

    def refuse(self, message: str, fields: Mapping[str, str]) -> None:
        """Show why a rule refused, at the field where it names one."""
        for name, why in fields.items():
            self.add_error(name if name in self.fields else None, why)
        if not fields:
            self.add_error(None, message)
