"""Many verbs in one request: read in order, each told apart by its place, all written or none."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import serializers

from negotiations.access.doors import require_any
from negotiations.access.viewer import viewer_for
from negotiations.models import Negotiation, Tracked, User

from ..errors import Problem, as_problem
from ..precondition import missing, version_in
from .body import Body
from .finding import found, negotiation_of
from .perform import carry_out
from .scope import MADE, Scope, as_uuid
from .verb import Verb

MOST = 100


class OperationWrite(Body):
    """One verb: what it is called on and what it is told."""

    verb = serializers.CharField(max_length=64, help_text="As the record names it, such as `claim.made`.")
    item = serializers.CharField(
        max_length=160,
        required=False,
        help_text="Id of what it is called on; left out where that is the negotiation. `$name` for what an earlier "
        "operation made.",
    )
    if_match = serializers.CharField(
        max_length=100,
        required=False,
        help_text="ETag of the item as you read it; not needed for what this batch made.",
    )
    body = serializers.DictField(
        child=serializers.JSONField(allow_null=True), help_text="What the verb takes at its own address."
    )

    def get_fields(self) -> dict[str, Any]:
        name = serializers.RegexField(
            r"^[A-Za-z][A-Za-z0-9_-]{0,39}$",
            required=False,
            help_text="A name for what it makes: later operations refer to it as `$name`, wherever an id is taken.",
        )
        return {**super().get_fields(), "as": name}


class BatchWrite(Body):
    """Up to a hundred verbs, written in one transaction or not at all."""

    operations = OperationWrite(many=True, min_length=1, max_length=MOST)  # type: ignore[call-arg]  # of the list


@dataclass
class Batch:
    """The state of one batch while it is carried out."""

    scope: Scope
    person: User
    request_id: str
    verbs: dict[tuple[str, str], Verb]
    touched: set[UUID] = field(default_factory=set)
    """What earlier operations made or changed: nobody else can have changed it since."""

    def run(self, operations: list[dict[str, Any]]) -> list[tuple[Verb, str, Tracked]]:
        """Carry out each operation; the first refusal ends all, with its place in every field's path."""
        done: list[tuple[Verb, str, Tracked]] = []
        for index, operation in enumerate(operations):
            try:
                verb, item = self.one(operation)
            except Exception as refused:
                raise at_place(refused, index, self.scope) from refused
            done.append((verb, operation["verb"], item))
        return done

    def one(self, operation: dict[str, Any]) -> tuple[Verb, Tracked]:
        target = self.target(operation)
        verb = self.verb(operation["verb"], target)
        require_any(self.scope.viewer, self.negotiation, (operation["verb"],))
        version = self.version(verb, target, operation.get("if_match", ""))
        item = carry_out(verb, self.scope, self.person, target, operation["body"], version, request_id=self.request_id)
        self.touched.add(item.public_id)
        self.scope.viewer = viewer_for(self.person)
        if name := operation.get("as"):
            self.scope.made[name] = item
        return verb, item

    @property
    def negotiation(self) -> Negotiation:
        return negotiation_of(self.scope)

    def target(self, operation: dict[str, Any]) -> Any:
        """What the verb is called on: the negotiation, what this batch made, or what the caller sees of it."""
        name = operation.get("item")
        if name is None:
            return Negotiation.objects.get(pk=self.negotiation.pk)
        if name.startswith(MADE):
            made = self.scope.made_as(name)
            if made is None:
                raise serializers.ValidationError({"item": _("No earlier operation made this.")})
            return type(made)._default_manager.get(pk=made.pk)
        return self.seen(operation["verb"], as_uuid(name))

    def seen(self, name: str, key: UUID | None) -> Any:
        """The item of this negotiation, of one of the kinds that the verb is called on."""
        for verb_name, noun in self.verbs:
            kind = self.verbs[verb_name, noun].on
            if verb_name == name and kind is not Negotiation and key is not None:
                item = self.found(kind, key)
                if item is not None:
                    return item
        raise Http404(_("There is nothing here."))

    def found(self, kind: type[Model], key: UUID) -> Any:
        try:
            item = found(kind, self.scope.viewer, key)
        except Http404:
            return None
        return item if negotiation_of(item) == self.negotiation else None

    def verb(self, name: str, target: Any) -> Verb:
        """The verb of this name on this kind of item."""
        verb = self.verbs.get((name, target._meta.model_name))
        if verb is None:
            raise serializers.ValidationError({"verb": _("There is no such verb for this item.")}, code="unknown_verb")
        return verb

    def version(self, verb: Verb, target: Any, tag: str) -> int | None:
        """The version the caller has read; what this batch itself has touched needs none."""
        version = version_in(tag)
        if version is None and verb.takes_version and target.public_id not in self.touched:
            raise missing()
        return version


def at_place(refused: Exception, index: int, scope: Scope) -> Exception:
    """The refusal with the place of the operation before the path of each field."""
    problem = as_problem(refused, scope.viewer)
    if problem is None:
        return refused
    path = f"operations.{index}"
    inner = {f"{path}.{name}" if name in ("verb", "item") else f"{path}.body.{name}": problem.errors[name]
             for name in problem.errors}  # fmt: skip
    placed = Problem(problem.status_code, problem.code, str(problem.detail), more={**problem.more, "operation": index})
    placed.errors = inner
    return placed
