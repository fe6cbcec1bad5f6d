"""Verbs on links between conditions."""

from __future__ import annotations

from typing import Any

from negotiations.models import Condition, Link
from negotiations.rules.marking import narrowest

from .act import Act
from .record import add, amend, writing


def add_link(*, act: Act, condition: Condition, other: Condition, type: str, **fields: Any) -> Link:
    """Tie two conditions; marked like the narrower of them unless the caller narrows it further."""
    fields.setdefault("marking", narrowest([condition.marking, other.marking]))
    link = Link(negotiation=condition.negotiation, condition=condition, other=other, type=type, **fields)
    return add(link, "link.added", act=act)


def edit_link(link: Link, *, act: Act, version: int | None, **fields: Any) -> Link:
    return amend(link, "link.edited", act=act, version=version, **fields)


def withdraw_link(link: Link, *, act: Act, version: int | None) -> Link:
    with writing(link.negotiation, act) as record:
        saved = record.lock(link, version)
        record.change(saved, "link.withdrawn", withdrawn_at=record.effective_at)
        return saved
