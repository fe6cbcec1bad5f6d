"""How lists of clauses are narrowed."""

from __future__ import annotations

from negotiations.models import Instrument

from .item import ItemFilter
from .kinds import BoolFilter
from .related import RelatedFilter


class ClauseFilter(ItemFilter):
    """Clauses: those of one agreement text, or with certain words."""

    instrument = RelatedFilter(Instrument)
    is_paraphrase = BoolFilter("is_paraphrase")
    searched = ("number", "text", "text_ar")
