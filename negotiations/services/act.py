"""What every verb is told besides its own facts: who acts, why, on which sources, and when it was so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from negotiations.models import Source, User
from negotiations.rules.codes import Credibility
from negotiations.rules.legible import legible


@dataclass(frozen=True, slots=True, kw_only=True)
class Cite:
    """A passage of a source that an act rests on, and how credible it is this time."""

    source: Source
    credibility: str = Credibility.CANNOT_BE_JUDGED
    quote: str = ""
    quote_language: str = ""
    translation: str = ""
    translated_by: str = ""
    translator: str = ""
    locator: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Who acts, why, on which sources, and when it was so in the world.

    `effective_at` None means now. `recorded_at` is set by import and demonstration verbs only: the
    earlier moment at which a fact became known; the entry is then marked as backfilled. `readers`
    name the persons of a TLP:RED item that the act creates. `in_bulk` leaves what the database checks
    of a new row to the database alone, and the end of coverage to `services.coverage`: an import asks
    no query for each of its constraints, and tells once how far its rows lead.
    """

    actor: User | None
    reason: str = ""
    cites: tuple[Cite, ...] = ()
    no_source_reason: str = ""
    effective_at: datetime | None = None
    recorded_at: datetime | None = None
    readers: tuple[User, ...] = ()
    request_id: str = ""
    in_bulk: bool = False

    def __post_init__(self) -> None:
        """A reason that shows nothing is none, whichever way it came here."""
        for name in ("reason", "no_source_reason"):
            object.__setattr__(self, name, legible(getattr(self, name)))
