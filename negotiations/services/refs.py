"""Refs: the short names people type; never given twice, and telling nothing of what is hidden."""

from __future__ import annotations

import secrets

from negotiations.models import MarkedItem, RefCounter
from negotiations.rules.codes import Marking

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def give_ref(item: MarkedItem) -> None:
    """Name the item: a running number where everybody may see it, else three random characters.

    Call it with the negotiation's stream locked, so that two writers cannot take the same number.
    """
    if item.marking != Marking.CLEAR:
        item.ref = random_ref(item)  # type: ignore[attr-defined]  # callers pass kinds that have refs
    elif not item.ref:  # type: ignore[attr-defined]
        item.ref = next_ref(item)  # type: ignore[attr-defined]


def next_ref(item: MarkedItem) -> str:
    counter, _ = RefCounter.objects.get_or_create(negotiation=item.negotiation, prefix=item.REF_PREFIX)
    while True:
        counter.last += 1
        ref = f"{item.REF_PREFIX}{counter.last}"
        if not is_taken(item, ref):
            counter.save(update_fields=["last"])
            return ref


def random_ref(item: MarkedItem) -> str:
    while True:
        ref = f"{item.REF_PREFIX}-{''.join(secrets.choice(ALPHABET) for _ in range(3))}"
        if not is_taken(item, ref):
            return ref


def is_taken(item: MarkedItem, ref: str) -> bool:
    """Whether any item of this kind, seen or unseen by the caller, bears the ref."""
    names = {"negotiation": item.negotiation, "ref": ref}
    return type(item)._default_manager.filter(**names).exists()
