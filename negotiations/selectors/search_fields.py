"""In what of each noun is searched, and the vectors that the indexes of the database are made of.

The indexes are written out in a migration: change a vector here and there together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import SearchVector
from django.db.models.functions import Left

from negotiations.models import (
    Assessment,
    Claim,
    Clause,
    Condition,
    Dispute,
    Incident,
    Instrument,
    Meeting,
    Message,
    Negotiation,
    Note,
    Phase,
    Position,
    Proposal,
    ProposalVersion,
    Source,
    Window,
)

# A vector has room for a megabyte; what comes later in a longer text is not found by it.
LONGEST = 50_000


@dataclass(frozen=True, slots=True)
class Searched:
    """A noun with the columns searched in, its title first, and their Arabic twins.

    `title` is a path where the row has no title of its own; `actors` are the columns that name whose it is.
    """

    kind: Any
    columns: tuple[str, ...]
    arabic: tuple[str, ...] = ()
    title: str = ""
    related: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()

    @property
    def noun(self) -> str:
        return str(self.kind.noun())

    @property
    def vector(self) -> Any:
        """English words by their stems, and all words by the Arabic rules, which leave Latin ones whole."""
        english = SearchVector(*_starts(self.columns), config="english")
        return english + SearchVector(*_starts(self.columns + self.arabic), config="arabic")


def _starts(columns: tuple[str, ...]) -> list[Left]:
    return [Left(name, LONGEST) for name in columns]


SEARCHED: tuple[Searched, ...] = (
    Searched(Negotiation, ("title", "summary"), ("title_ar", "summary_ar")),
    Searched(Condition, ("title", "text"), ("title_ar", "text_ar")),
    Searched(Dispute, ("title", "question", "outcome"), ("title_ar", "question_ar")),
    Searched(Position, ("summary", "quote", "speaker"), ("summary_ar",), actors=("actor",)),
    Searched(Claim, ("text", "speaker"), ("text_ar",), actors=("claimant",)),
    Searched(
        Message,
        ("subject", "text", "answer"),
        ("subject_ar", "text_ar", "answer_ar"),
        actors=("carrier", "sender", "recipient"),
    ),
    Searched(Meeting, ("title", "place", "agenda", "outcome"), ("title_ar", "place_ar", "outcome_ar")),
    Searched(Proposal, ("title",), ("title_ar",), actors=("tabled_by",)),
    Searched(ProposalVersion, ("text",), title="proposal", related=("proposal",)),
    Searched(Incident, ("title", "text", "place", "finding"), ("title_ar", "text_ar", "place_ar")),
    Searched(Phase, ("title", "summary"), ("title_ar", "summary_ar")),
    Searched(Instrument, ("title",), ("title_ar",)),
    Searched(Clause, ("text",), ("text_ar",), title="instrument", related=("instrument",)),
    Searched(Assessment, ("question", "rationale"), ("question_ar", "rationale_ar")),
    Searched(Window, ("title", "reason"), ("title_ar", "reason_ar")),
    Searched(Source, ("title", "publisher", "attribution"), ("title_ar",)),
    Searched(Note, ("text",)),
)
BY_NOUN = {one.noun: one for one in SEARCHED}
