"""One item of a negotiation already opened, as of the moment asked about."""

from __future__ import annotations

from typing import TypeVar

from django.http import Http404
from django.utils.translation import gettext as _

from negotiations.models import MarkedItem

from .frame import Visit

Row = TypeVar("Row", bound=MarkedItem)


def pick(opened: Visit, kind: type[Row], ref: str) -> Row:
    """The item by its ref among those the reader may see at that moment, or Http404.

    The scene came through `visible_to`, so hidden, unknown and not yet there are the same.
    """
    for row in opened.scene.all(kind):
        if getattr(row, "ref", None) == ref:
            return row
    raise Http404(_("There is nothing here."))
