"""Links: how conditions hang together."""

from __future__ import annotations

from negotiations.models import Clause, Condition, Link
from negotiations.rules.codes import LinkType
from negotiations.selectors.filters.link import LinkFilter

from ..pagination import Sort
from .field import columns, labelled, made_of, one
from .resource import resource

RESOURCE = resource(
    Link,
    "links",
    made_of(
        Link,
        one("condition", Condition),
        labelled(Link, "type", LinkType),
        one("other", Condition),
        columns(Link, "offset", "ratio"),
        one("clause", Clause),
        columns(Link, "withdrawn_at"),
    ),
    order=(Sort("condition__ref", is_natural=True), Sort("other__ref", is_natural=True), Sort("type")),
    filters=LinkFilter,
    named_by="",
    is_small=True,
)
