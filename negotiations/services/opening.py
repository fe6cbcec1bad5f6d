"""Opening a negotiation: whoever opens it leads it."""

from __future__ import annotations

import secrets
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from negotiations.models import Negotiation, Organisation, User
from negotiations.rules.codes import Marking, Role

from .act import Act
from .membership import grant_membership
from .negotiation import open_negotiation
from .organisation import register_organisation
from .refs import ALPHABET


def open_and_lead(
    *, act: Act, lead: User, organisation: Organisation, title: str, slug: str = "", **fields: Any
) -> Negotiation:
    """Open a negotiation, unpublished, and seat its lead with the highest clearance.

    Without a slug it gets one that tells nothing of what others have opened: see `fresh_slug`.
    """
    with transaction.atomic():
        negotiation = open_negotiation(act=act, slug=slug or fresh_slug(title), title=title, **fields)
        grant_membership(
            act=act,
            negotiation=negotiation,
            user=lead,
            organisation=organisation,
            role=Role.LEAD,
            clearance=Marking.RED,
        )
    return negotiation


def fresh_slug(title: str) -> str:
    """A short name for addresses that is always free: the title's words and five random characters.

    Never the bare words: whether they are taken would tell of a negotiation that nobody may know of.
    """
    words = slugify(title)[:60].strip("-") or "negotiation"
    return f"{words}-{''.join(secrets.choice(ALPHABET) for _ in range(5)).lower()}"


def organisation_for(*, act: Act, name: str, **fields: Any) -> Organisation:
    """The organisation of this name, registered now if there is none."""
    found = Organisation.objects.filter(name=name).first()
    return found or register_organisation(act=act, name=name, **fields)
