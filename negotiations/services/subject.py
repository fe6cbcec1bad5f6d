"""From an entry to the row it tells of."""

from __future__ import annotations

from django.apps import apps

from negotiations.models import Entry, Tracked


def kind_of(noun: str) -> type[Tracked]:
    """The model behind a subject's type; raises LookupError or TypeError for a word that is none."""
    model = apps.get_model("negotiations", noun)
    if not issubclass(model, Tracked):
        raise TypeError(noun)
    return model


def locked_subject(entry: Entry) -> Tracked:
    """The row an entry tells of, locked until the transaction ends."""
    rows = kind_of(entry.subject_type)._default_manager.select_for_update(no_key=True, of=("self",))
    return rows.get(public_id=entry.subject_id)
