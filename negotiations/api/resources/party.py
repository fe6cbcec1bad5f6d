"""Parties: the actors in the seats of the sides."""

from __future__ import annotations

from negotiations.models import Actor, Party
from negotiations.selectors.filters.party import PartyFilter

from ..pagination import Sort
from .field import columns, made_of, one
from .resource import resource

RESOURCE = resource(
    Party,
    "parties",
    made_of(Party, one("actor", Actor), columns(Party, "represented_by")),
    # A-Z by the English name, so that nobody comes first for another reason.
    order=(Sort("actor__name"),),
    filters=PartyFilter,
    named_by="",
    is_small=True,
)
