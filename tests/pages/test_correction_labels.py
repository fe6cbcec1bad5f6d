"""The form that corrects an entry calls every field what people call it, in both languages."""

from __future__ import annotations

import re

import pytest
from django.apps import apps
from django.utils import translation

from negotiations.models import MarkedItem
from negotiations.pages.forms.entry import field_for, is_correctable, label_of

# Set by the machinery and never by an entry that can be corrected.
UNASKED = frozenset({"decided_by", "id", "opened_version", "proposed_by", "sha256", "state"})
KINDS = [row for row in apps.get_app_config("negotiations").get_models() if issubclass(row, MarkedItem)]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_correction_has_an_arabic_label_for_every_field(kind: type[MarkedItem]) -> None:
    columns = (*kind._meta.concrete_fields, *kind._meta.many_to_many)
    names = [one.name for one in columns if is_correctable(one.name) and field_for(one) is not None]
    with translation.override("ar"):
        missing = [name for name in names if not re.search("[؀-ۿ]", label_of(kind.noun(), name))]
    assert set(missing) <= UNASKED
