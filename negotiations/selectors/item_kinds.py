"""From the word for a kind of item to the kind, for addresses that name it."""

from __future__ import annotations

from django.http import Http404
from django.utils.translation import gettext as _

from negotiations.history.verify import tracked_kinds
from negotiations.models import MarkedItem


def kind_named(noun: str) -> type[MarkedItem]:
    """The kind of marked item that is called so, or Http404 like for an unknown item."""
    for kind in tracked_kinds():
        if issubclass(kind, MarkedItem) and kind.noun() == noun:
            return kind
    raise Http404(_("There is nothing here."))
