"""Verbs on links between conditions."""

from __future__ import annotations

from negotiations.models import Link, Negotiation
from negotiations.services.link import add_link, edit_link, withdraw_link

from .body import Edit, NewItem, Told
from .verb import Verb


class LinkNew(NewItem):
    """A tie from one condition to another."""

    class Meta:
        model = Link
        fields = ("condition", "other", "type", "offset", "ratio", "clause")


class LinkWrite(Edit):
    """The terms of a tie."""

    class Meta:
        model = Link
        fields = ("offset", "ratio", "clause")


VERBS = (
    Verb(
        name="link.added",
        on=Negotiation,
        makes=Link,
        body=LinkNew,
        run=lambda call: add_link(**call.made),
        summary="Tie two conditions",
        description="Circles are legal: they happen in reality and are shown as a mutual precondition.",
        example={"condition": "C2", "other": "C1", "type": "requires", "reason": "Clause 3."},
    ),
    Verb(
        name="link.edited",
        on=Link,
        body=LinkWrite,
        run=lambda call: edit_link(call.item, **call.amended),
        summary="Edit the terms of a tie",
        example={"offset": "P7D", "reason": "Clause 3 says within a week."},
    ),
    Verb(
        name="link.withdrawn",
        on=Link,
        path="withdraw",
        body=Told,
        run=lambda call: withdraw_link(call.item, **call.amended),
        summary="Record that the tie no longer holds",
        example={"reason": "The annex dropped it."},
    ),
)
