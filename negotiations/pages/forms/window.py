"""Forms on windows: stretches of time in which something can still be done."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from negotiations.models import Phase, Window
from negotiations.services.window import close_window, edit_window, open_window

from .base import ItemForm, StructureForm
from .fields import LongText, MomentField, PickField, ShortText
from .sourced import SourcedForm
from .step import Doing, Step, changes


class WindowForm(SourcedForm, StructureForm):
    FACTS = ("title", "title_ar", "opens_at", "closes_at", "phase", "why", "why_ar")
    PAIRS = (("title", "title_ar"), ("opens_at", "closes_at"), ("why", "why_ar"))
    MOMENT = "opens_at"
    MAY_BE_AHEAD = True

    title = ShortText(label=_("Title"))
    title_ar = ShortText(label=_("Title in Arabic"), required=False)
    opens_at = MomentField(label=_("Opens"))
    closes_at = MomentField(label=_("Closes"), required=False)
    phase = PickField(Phase, label=_("Phase it touches"), required=False)
    why = LongText(label=_("Why it opens and closes"), required=False, lines=2)
    why_ar = LongText(label=_("Why, in Arabic"), required=False, lines=2)


class WindowEditForm(ItemForm):
    FACTS = ("title", "title_ar", "opens_at", "closes_at")
    PAIRS = (("title", "title_ar"), ("opens_at", "closes_at"))

    title = ShortText(label=_("Title"))
    title_ar = ShortText(label=_("Title in Arabic"), required=False)
    opens_at = MomentField(label=_("Opens"))
    closes_at = MomentField(label=_("Closes"), required=False)


class CloseForm(ItemForm):
    """The reason of the act is why it closed."""


def _open(it: Doing) -> Any:
    facts = it.facts
    # The window's own reason and the reason for recording it are two texts with one name.
    facts["reason"], facts["reason_ar"] = facts.pop("why"), facts.pop("why_ar")
    return open_window(act=it.act, negotiation=it.negotiation, **facts, **it.reach)


def _close(it: Doing) -> Any:
    return close_window(it.item, act=it.act, version=it.version, reason=it.act.reason)


_step = partial(Step, noun="window")
STEPS = (
    _step(
        name="new",
        verb="window.opened",
        title=_("Record a window"),
        button=_("Record the window"),
        form=WindowForm,
        run=_open,
    ),
    _step(
        name="edit",
        verb="window.edited",
        title=_("Edit the window"),
        button=_("Save changes"),
        form=WindowEditForm,
        run=changes(edit_window),
        on=Window,
    ),
    _step(
        name="close",
        verb="window.closed",
        title=_("Close the window"),
        button=_("Close it"),
        form=CloseForm,
        run=_close,
        on=Window,
        applies=lambda window: not window.closed_reason,
    ),
)
