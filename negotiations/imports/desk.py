"""What the reading of a table stands on: who brings it, where to, and what its cells may name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from difflib import get_close_matches
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from negotiations.models import (
    Actor,
    Entry,
    ImportBatch,
    MarkedItem,
    Negotiation,
    Organisation,
    Party,
    Phase,
    ThirdParty,
)
from negotiations.rules.codes import ConditionStatus, ImportState, IncidentStatus, Marking
from negotiations.rules.facts import natural_key
from negotiations.rules.marking import Viewer

from .cells import Reader, unknown
from .problems import CellRefused

# Among so many names the nearest is looked for; each look costs as many comparisons.
COMPARED = 2000
# How many names are offered: of those that come near, and of all where none does.
NEAREST, OFFERED = 3, 6
SEATED = (Actor, Party, ThirdParty)


@dataclass
class Desk:
    """Who brings a file into which negotiation. What they may not see is unknown to it, like what is not there.

    Each kind of thing is read once, whatever the number of cells that name one. Without a negotiation
    the file will open one: nothing can be named in it yet.
    """

    negotiation: Negotiation | None
    viewer: Viewer
    now: datetime
    marking: str = Marking.AMBER
    organisation: Organisation | None = None
    known: dict[type[Any], dict[str, Any]] = field(default_factory=dict)
    refused: dict[tuple[type[Any], str], tuple[str, str]] = field(default_factory=dict)
    gone: set[UUID] = field(default_factory=set)

    @property
    def zone(self) -> ZoneInfo:
        """The zone that cells without an offset are in, and that moments are shown in."""
        return ZoneInfo(self.negotiation.time_zone if self.negotiation else "UTC")

    def names(self, kind: type[Any]) -> dict[str, Any]:
        """The rows of a kind by everything they may be called, in lower case; None where two share a name."""
        if kind not in self.known:
            rows = list(self.rows(kind))
            self.gone |= self.undone(rows)
            found: dict[str, Any] = {}
            # What an import made that was taken back is called by a name that nothing else has.
            for row in sorted(rows, key=lambda row: row.public_id in self.gone):
                for key in (name.casefold() for name in called(row)):
                    if key not in found or row.public_id not in self.gone:
                        found[key] = row if found.get(key, row) == row else None
            self.known[kind] = found
        return self.known[kind]

    def undone(self, rows: Iterable[Any]) -> set[UUID]:
        """Which of the rows an import made that was taken back: a file may bring them again. Two queries at most."""
        taken = [row.public_id for row in rows if is_taken_back(row)]
        if not taken:
            return set()
        batches = ImportBatch.objects.filter(negotiation=self.negotiation, state=ImportState.UNDONE).only("public_id")
        made = Entry.objects.filter(subject_id__in=taken, subject_version=1)
        return set(made.filter(request_id__in=[one.request_id for one in batches]).values_list("subject_id", flat=True))

    def rows(self, kind: type[Any]) -> Iterable[Any]:
        """What of a kind the person may see here."""
        if self.negotiation is None:
            return []
        if kind is Actor:
            seats = Party.objects.visible_to(self.viewer).filter(negotiation=self.negotiation)
            roles = ThirdParty.objects.visible_to(self.viewer).filter(negotiation=self.negotiation)
            return [*dict.fromkeys(row.actor for rows in (seats, roles) for row in rows.select_related("actor"))]
        rows = kind._default_manager.visible_to(self.viewer).filter(negotiation=self.negotiation)
        return rows.select_related("actor") if kind in (Party, ThirdParty) else rows  # type: ignore[no-any-return]

    def find(self, kind: type[Any], name: str) -> Any:
        """The row of this name. Raises CellRefused, with what comes near, for none and for several."""
        names, key = self.names(kind), " ".join(name.split()).casefold()
        if found := names.get(key):
            return found
        if key in names:
            wrong = _("“%(name)s” names several.") % {"name": name[:60]}
            raise CellRefused(wrong, _("Use its ref or its id."))
        if (kind, key) not in self.refused:
            self.refused[kind, key] = self.nearest(kind, name)
        raise CellRefused(*self.refused[kind, key])

    def apart(self, kind: type[Any], name: str) -> list[str]:
        """The names in a text that is no name but whose every word is one; else the text."""
        names, words = self.names(kind), name.split()
        is_list = " ".join(words).casefold() not in names and all(word.casefold() in names for word in words)
        return words if is_list else [name]

    def nearest(self, kind: type[Any], name: str) -> tuple[str, str]:
        """What is said of a name that names nothing, with the names of what comes near, as people type them."""
        wrong = unknown(name, [])[0]
        # What somebody calls by an id is not guessed at.
        names = {one: row for one, row in self.names(kind).items() if row is not None and one != str(row.public_id)}
        first = enter_first(kind)
        if not names:
            return wrong, first
        near = get_close_matches(name.casefold(), list(names)[:COMPARED], n=OFFERED, cutoff=0.5)
        offered = list(dict.fromkeys(called(names[one])[0] for one in near or names))
        if near:
            return wrong, _("Did you mean: %(names)s?") % {"names": ", ".join(offered[:NEAREST])}
        # By name, so that none of them comes first for another reason.
        shown = sorted(offered, key=lambda one: natural_key(one.casefold()))[:OFFERED]
        advice = _("Use one of: %(names)s.") % {"names": ", ".join(shown)}
        return wrong, f"{advice} {first}" if kind in SEATED else advice


def enter_first(kind: type[Any]) -> str:
    """Where what a file names is entered; an actor has to have a seat or a role here."""
    if kind is ThirdParty:
        return _("Enter it first under “Seat a third party”.")
    if kind is Party:
        return _("Enter it first under “Seat a party”.")
    if kind is Actor:
        return _("Enter it first under “Seat a party” or “Seat a third party”.")
    return _("Enter it here first.")


def is_taken_back(row: Any) -> bool:
    """Whether a row was withdrawn, retracted or superseded, so that it is there to be read alone."""
    if getattr(row, "withdrawn_at", None) is not None or getattr(row, "retracted_at", None) is not None:
        return True
    return getattr(row, "status", "") in (ConditionStatus.SUPERSEDED, IncidentStatus.WITHDRAWN)


def called(row: Any) -> list[str]:
    """Everything a row may be called by, what people type first."""
    match row:
        case Party() | ThirdParty():
            return [row.actor.name, row.actor.short, *aliases(row.actor), str(row.public_id)]
        case Actor():
            return [row.name, row.short, *aliases(row), str(row.public_id)]
        case Phase():
            return [str(row.number), row.title, str(row.public_id)]
    names = [getattr(row, "ref", ""), getattr(row, "title", ""), str(row.public_id)]
    return [" ".join(name.split()) for name in names if name]


def aliases(actor: Actor) -> list[str]:
    return [name for name in (actor.name_ar, *actor.aliases) if isinstance(name, str) and name]


def one(kind: type[Any]) -> Reader:
    """One thing by its ref, name or id."""

    def read(cell: str, desk: Desk) -> Any:
        return desk.find(kind, cell)

    return read


def several(kind: type[Any]) -> Reader:
    """Things by their refs, names or ids, apart by semicolons; in files that were taken away here, by spaces."""

    def read(cell: str, desk: Desk) -> list[MarkedItem]:
        names = [name.strip() for name in cell.split(";") if name.strip()]
        return list(dict.fromkeys(desk.find(kind, one) for name in names for one in desk.apart(kind, name)))

    return read
