"""Forms on links: how two conditions hang together."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from negotiations.models import Clause, Condition, Link
from negotiations.rules.codes import LinkType
from negotiations.services.link import add_link, edit_link, withdraw_link

from .claim import WithdrawForm
from .fields import CodeField, DaysField, NumberField, PickField
from .sourced import SourcedForm
from .step import Doing, Step, changes


class LinkForm(SourcedForm):
    """A link is marked like the narrower of the two conditions."""

    FACTS = ("condition", "type", "other", "offset", "ratio", "clause")
    PAIRS = (("condition", "type", "other"), ("offset", "ratio", "clause"))

    condition = PickField(Condition, label=_("This condition"))
    type = CodeField(LinkType, label=_("hangs on the other so"))
    other = PickField(Condition, label=_("The other condition"))
    offset = DaysField(label=_("Within days"), required=False)
    ratio = NumberField(label=_("Units of this for one of the other"), required=False)
    clause = PickField(Clause, label=_("Clause"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("condition") is not None and data.get("condition") == data.get("other"):
            self.add_error("other", _("A condition is not linked to itself; choose another one."))
        return data


class LinkEditForm(SourcedForm):
    FACTS = ("offset", "ratio", "clause")
    PAIRS = (("offset", "ratio", "clause"),)

    offset = DaysField(label=_("Within days"), required=False)
    ratio = NumberField(label=_("Units of this for one of the other"), required=False)
    clause = PickField(Clause, label=_("Clause"), required=False)


def _add(it: Doing) -> Any:
    return add_link(act=it.act, **it.facts)


def _stands(link: Link) -> bool:
    return link.withdrawn_at is None


_step = partial(Step, noun="link")
STEPS = (
    _step(
        name="new",
        verb="link.added",
        title=_("Tie two conditions"),
        button=_("Tie them"),
        form=LinkForm,
        run=_add,
    ),
    _step(
        name="edit",
        verb="link.edited",
        title=_("Edit the tie"),
        button=_("Save changes"),
        form=LinkEditForm,
        run=changes(edit_link),
        on=Link,
        applies=_stands,
    ),
    _step(
        name="withdraw",
        verb="link.withdrawn",
        title=_("The tie no longer stands"),
        button=_("Take the tie away"),
        form=WithdrawForm,
        run=changes(withdraw_link),
        on=Link,
        applies=_stands,
    ),
)
