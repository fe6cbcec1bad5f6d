"""How lists of agreement texts are narrowed."""

from __future__ import annotations

from negotiations.models import Actor
from negotiations.rules.codes import InstrumentKind

from .item import ItemFilter
from .kinds import CodeFilter, from_to
from .related import RelatedFilter


class InstrumentFilter(ItemFilter):
    """Agreement texts: by kind, date of entry into force, and who signed."""

    kind = CodeFilter(InstrumentKind)
    signatory = RelatedFilter(Actor, "signatories")
    in_force_after, in_force_before = from_to("in_force_from")
    searched = ("title", "title_ar")
