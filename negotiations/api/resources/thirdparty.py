"""Third parties: actors in the roles of outsiders, one for each role."""

from __future__ import annotations

from negotiations.models import Actor, ThirdParty
from negotiations.rules.codes import ThirdPartyRole
from negotiations.selectors.filters.thirdparty import ThirdPartyFilter

from ..pagination import Sort
from .field import columns, labelled, made_of, one
from .resource import resource

RESOURCE = resource(
    ThirdParty,
    "mediators",
    made_of(
        ThirdParty,
        one("actor", Actor),
        labelled(ThirdParty, "role", ThirdPartyRole),
        columns(ThirdParty, "represented_by"),
    ),
    order=(Sort("actor__name"), Sort("role")),
    filters=ThirdPartyFilter,
    named_by="",
    is_small=True,
)
