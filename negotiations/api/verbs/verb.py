"""A verb as the interface offers it: declared as data, carried out in one way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from django.db.models import Model

from negotiations.models import Negotiation, Tracked, User
from negotiations.rules.marking import Viewer
from negotiations.services.act import Act

from .body import Told
from .scope import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One use of a verb: who, in which negotiation, on what, and what was sent."""

    scope: Scope
    person: User
    act: Act
    values: dict[str, Any]
    item: Any
    """What it is called on: an item, an entry, or the negotiation of what is to be made."""
    version: int | None

    @property
    def viewer(self) -> Viewer:
        return self.scope.viewer

    @property
    def negotiation(self) -> Negotiation:
        """Where it happens; there is one for all but opening a negotiation."""
        return cast("Negotiation", self.scope.negotiation)

    @property
    def amended(self) -> dict[str, Any]:
        """What a service that changes an item takes besides it."""
        return {"act": self.act, "version": self.version, **self.values}

    @property
    def made(self) -> dict[str, Any]:
        """What a service that makes an item takes."""
        return {"act": self.act, **self.values}


@dataclass(frozen=True, slots=True, kw_only=True)
class Verb:
    """How a verb of `rules.verbs` is reached, what it takes and which service carries it out.

    It is called on an item of kind `on`: under `path` of its address, or by PATCH on the address
    itself where that is empty. What `makes` a new item is called on the negotiation (or on the whole
    that the new item is part of) and answered 201. `also` are further verbs that the same address
    carries out, told apart by what is sent; its service asks for the right to the one it is.
    """

    name: str
    on: type[Model]
    body: type[Told]
    run: Callable[[Call], Tracked]
    summary: str
    example: Mapping[str, Any]
    path: str = ""
    description: str = ""
    makes: type[Tracked] | None = None
    needs_version: bool = True
    may_propose: bool = False
    """Whether it may only be proposed to a second person, and is then answered 202."""
    dated_by: str = ""
    """The field whose moment dates the entry where the caller gives no `effective_at`."""
    also: tuple[str, ...] = ()
    answers_with: Callable[[Any], Tracked] = lambda done: done
    """From what the service returns to the item that the caller gets back."""

    @property
    def method(self) -> str:
        return "post" if self.path or self.makes else "patch"

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.also)

    @property
    def takes_version(self) -> bool:
        """Whether the caller has to say which version of the item it has read."""
        return self.needs_version and self.makes is None


PLURALS: dict[str, str] = {
    "thirdparty": "mediators",
    "proposalversion": "proposal-versions",
    "proposedfinding": "proposed-findings",
    "entry": "entries",
    "party": "parties",
}


def plural_of(kind: type[Model]) -> str:
    """The word for a kind of items in addresses."""
    noun = str(kind._meta.model_name)
    return PLURALS.get(noun, f"{noun}s")
