"""Instruments: agreement texts with their clauses."""

from __future__ import annotations

from negotiations.models import Actor, Clause, Instrument
from negotiations.rules.codes import InstrumentKind
from negotiations.selectors.filters.instrument import InstrumentFilter

from ..pagination import Sort
from .clause import CLAUSE
from .field import columns, labelled, made_of, many, one, parts
from .resource import resource

RESOURCE = resource(
    Instrument,
    "instruments",
    made_of(
        Instrument,
        columns(Instrument, "ref"),
        labelled(Instrument, "kind", InstrumentKind),
        columns(Instrument, "title", "title_ar", "dated_on", "in_force_from", "in_force_until"),
        many("signatories", Actor),
        one("amends", Instrument),
        one("replaces", Instrument),
        columns(Instrument, "texts", "authentic_languages", "pax_agreement_id", "url"),
        parts("clauses", Clause, "instrument", CLAUSE, order="position", title="InstrumentClauseLine"),
    ),
    order=(Sort("ref", is_natural=True),),
    filters=InstrumentFilter,
    is_small=True,
)
