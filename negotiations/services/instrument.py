"""Verbs on instruments and their clauses."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from negotiations.models import Actor, Clause, Instrument, Negotiation

from .act import Act
from .record import add, amend


def add_instrument(
    *,
    act: Act,
    negotiation: Negotiation,
    kind: str,
    title: str,
    signatories: Iterable[Actor] = (),
    **fields: Any,
) -> Instrument:
    """Add an agreement text with who signed it."""
    instrument = Instrument(negotiation=negotiation, kind=kind, title=title, **fields)
    return add(instrument, "instrument.added", act=act, relate={"signatories": signatories})


def edit_instrument(instrument: Instrument, *, act: Act, version: int | None, **fields: Any) -> Instrument:
    return amend(instrument, "instrument.edited", act=act, version=version, **fields)


def add_clause(*, act: Act, instrument: Instrument, number: str, text: str, **fields: Any) -> Clause:
    """Add a numbered passage; marked like its instrument unless the caller narrows it."""
    fields.setdefault("marking", instrument.marking)
    clause = Clause(negotiation=instrument.negotiation, instrument=instrument, number=number, text=text, **fields)
    return add(clause, "clause.added", act=act)


def edit_clause(clause: Clause, *, act: Act, version: int | None, **fields: Any) -> Clause:
    return amend(clause, "clause.edited", act=act, version=version, **fields)
