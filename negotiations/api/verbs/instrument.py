"""Verbs on agreement texts and their clauses."""

from __future__ import annotations

from negotiations.models import Clause, Instrument, Negotiation
from negotiations.services.instrument import add_clause, add_instrument, edit_clause, edit_instrument

from .body import Edit, NewItem
from .fields import texts, words
from .verb import Verb


class InstrumentWrite(Edit):
    """What an agreement text says of itself."""

    texts = texts()
    authentic_languages = words(8)

    class Meta:
        model = Instrument
        fields = (
            "kind", "title", "title_ar", "dated_on", "in_force_from", "in_force_until", "amends", "replaces",
            "texts", "authentic_languages", "pax_agreement_id", "url",
        )  # fmt: skip


class InstrumentNew(NewItem):
    """An agreement text with who signed it."""

    texts = texts()
    authentic_languages = words(8)

    class Meta:
        model = Instrument
        fields = (*InstrumentWrite.Meta.fields, "signatories")


class ClauseWrite(Edit):
    """A numbered passage of an agreement text."""

    class Meta:
        model = Clause
        fields = ("number", "position", "text", "text_ar", "text_language", "is_paraphrase")


class ClauseNew(NewItem):
    """A new passage; marked like its text unless you narrow it."""

    class Meta(ClauseWrite.Meta):
        pass


VERBS = (
    Verb(
        name="instrument.added",
        on=Negotiation,
        makes=Instrument,
        body=InstrumentNew,
        run=lambda call: add_instrument(negotiation=call.negotiation, **call.made),
        summary="Add an agreement text",
        example={
            "kind": "agreement",
            "title": "Halt along the river",
            "dated_on": "2025-10-09",
            "texts": {"en": "1. Fire ceases at noon. 2. Forces withdraw behind the line within 30 days."},
            "authentic_languages": ["en"],
            "citations": [{"source": "S1", "credibility": "1"}],
        },
    ),
    Verb(
        name="instrument.edited",
        on=Instrument,
        body=InstrumentWrite,
        run=lambda call: edit_instrument(call.item, **call.amended),
        summary="Edit what is said of an agreement text",
        example={"in_force_from": "2025-10-10T09:00:00Z", "reason": "Both sides announced it."},
    ),
    Verb(
        name="clause.added",
        on=Instrument,
        makes=Clause,
        path="clauses",
        body=ClauseNew,
        run=lambda call: add_clause(instrument=call.item, **call.made),
        summary="Add a numbered clause to the text",
        example={"number": "2", "position": 2, "text": "Forces withdraw behind the line within 30 days."},
    ),
    Verb(
        name="clause.edited",
        on=Clause,
        body=ClauseWrite,
        run=lambda call: edit_clause(call.item, **call.amended),
        summary="Edit a clause",
        example={"text": "Forces withdraw behind the agreed line within 30 days.", "reason": "Read from the original."},
    ),
)
