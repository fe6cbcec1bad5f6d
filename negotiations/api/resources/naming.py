"""How documents name what an item is related to: enough to recognise it and to go there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from rest_framework import serializers

from negotiations.models import (
    Actor,
    Clause,
    Condition,
    Dispute,
    Gate,
    Instrument,
    Meeting,
    Note,
    Party,
    Phase,
    Proposal,
    ProposalVersion,
    User,
)

from ..serializers.fields import ActorName
from ..serializers.naming import (
    ClauseRef,
    GateRef,
    ItemName,
    NoteRef,
    PersonName,
    PhaseName,
    ProposalVersionRef,
)

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Naming:
    """The columns a name is made of, the name as a document holds it, and its description."""

    columns: tuple[str, ...]
    makes: Callable[[Row], dict[str, Any]]
    described: type[serializers.Serializer[Any]]


def _titled(row: Row) -> dict[str, Any]:
    return {"id": row["public_id"], "ref": row["ref"], "title": row["title"], "title_ar": row["title_ar"]}


def _phase(row: Row) -> dict[str, Any]:
    return {"id": row["public_id"], "number": row["number"], "title": row["title"], "title_ar": row["title_ar"]}


def _clause(row: Row) -> dict[str, Any]:
    return {"id": row["public_id"], "instrument": row["instrument__ref"], "number": row["number"]}


def _gate(row: Row) -> dict[str, Any]:
    return {"id": row["public_id"], "phase": row["phase__number"], "condition": row["condition__ref"]}


def _version(row: Row) -> dict[str, Any]:
    return {"id": row["public_id"], "proposal": row["proposal__ref"], "number": row["number"]}


def _actor(row: Row) -> dict[str, Any]:
    return {"id": row["public_id"], **{name: row[name] for name in ("name", "name_ar", "short")}}


def _seat(row: Row) -> dict[str, Any]:
    return {"id": row["actor__public_id"], **{name: row[f"actor__{name}"] for name in ("name", "name_ar", "short")}}


def _person(row: Row) -> dict[str, Any]:
    return {"id": row["public_id"], "name": row["display_name"] or row["username"]}


TITLED = Naming(("ref", "title", "title_ar"), _titled, ItemName)
NAMINGS: dict[type[Model], Naming] = {
    **dict.fromkeys((Condition, Dispute, Instrument, Meeting, Proposal), TITLED),
    Phase: Naming(("number", "title", "title_ar"), _phase, PhaseName),
    Clause: Naming(("number", "instrument__ref"), _clause, ClauseRef),
    Gate: Naming(("phase__number", "condition__ref"), _gate, GateRef),
    ProposalVersion: Naming(("number", "proposal__ref"), _version, ProposalVersionRef),
    Note: Naming((), lambda row: {"id": row["public_id"]}, NoteRef),
    Actor: Naming(("name", "name_ar", "short"), _actor, ActorName),
    # A party is named by the actor in its seat.
    Party: Naming(("actor__public_id", "actor__name", "actor__name_ar", "actor__short"), _seat, ActorName),
    User: Naming(("display_name", "username"), _person, PersonName),
}
