"""Verbs on organisations, in the registry that all negotiations share."""

from __future__ import annotations

from typing import Any

from negotiations.models import Organisation

from .act import Act
from .record import add, amend


def register_organisation(*, act: Act, name: str, **fields: Any) -> Organisation:
    """Register a body that people work for; `byline` defaults to its name."""
    fields.setdefault("byline", name)
    return add(Organisation(name=name, **fields), "organisation.registered", act=act)


def edit_organisation(organisation: Organisation, *, act: Act, version: int, **fields: Any) -> Organisation:
    return amend(organisation, "organisation.edited", act=act, version=version, **fields)
