"""Loads the whole demonstration into an empty database."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from negotiations.models import Negotiation

from . import aceh_2005, gaza_2025, gaza_january_2025
from .actors import register_actors
from .alerts import subscribe_cast
from .cast import call_people, found_organisations

Shared = dict[str, dict[str, Any]]


def is_empty() -> bool:
    """Whether no negotiation was ever opened here, so that nothing of anybody's can be mixed up."""
    return not Negotiation.objects.exists()


def load() -> list[Negotiation]:
    """Tell all three processes, all or nothing; the earlier Gaza attempt before the one that cites it."""
    with transaction.atomic():
        people = call_people()
        shared: Shared = {
            "person": dict(people),
            "organisation": dict(found_organisations(people["lead"])),
            "actor": dict(register_actors(people["lead"])),
        }
        earlier = gaza_january_2025.tell(shared)
        later = gaza_2025.tell(shared, earlier=earlier)
        loaded = [earlier.negotiation, later.negotiation, aceh_2005.tell(shared).negotiation]
        subscribe_cast(people, later.negotiation, now=timezone.now())
        return loaded
