"""A write that names something hidden is answered like one that names nothing at all."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from difflib import unified_diff
from itertools import pairwise
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db.models import Model
from rest_framework import serializers

from negotiations.api.verbs.fields import Related, RelatedList
from negotiations.models import Actor, Organisation, User
from negotiations.pages.forms.fields import PickField, PickManyField
from negotiations.pages.forms.steps import STEPS
from negotiations.rules.permissions import may
from tests.api.verb_cases import CASES, Case, tag_of, url_of

from .addresses import NOWHERE
from .asking import IS_FULL, ask, watch
from .forms import pages_of
from .world import World

Path = tuple[str, ...]


def hidden_of(world: World, who: str, kind: type[Model]) -> str | None:
    """The id of something of a kind that the person may not see."""
    if kind is User:
        return str(world.quiet.cast.analyst.public_id)
    if kind is Organisation:
        return str(Organisation.objects.get(name="kanarieoffer office").public_id)
    if kind is Actor:
        return str(Actor.objects.get(name="kanariequiet isle").public_id)
    found = [item for item in world.of_kind(kind) if not world.sees(who, item)]
    return str(found[0].public_id) if found else None  # type: ignore[attr-defined]


def related_fields(body: serializers.BaseSerializer[Any]) -> Iterator[tuple[Path, type[Model], bool]]:
    """Every place in a body that names another item: where, of what kind, and whether it takes several."""
    for name, field in getattr(body, "fields", {}).items():
        if isinstance(field, Related | RelatedList):
            yield (name,), field.kind, isinstance(field, RelatedList)
        elif isinstance(field, serializers.ListSerializer):
            yield from (((name, "0", *path), kind, many) for path, kind, many in related_fields(field.child))
        elif isinstance(field, serializers.Serializer):
            yield from (((name, *path), kind, many) for path, kind, many in related_fields(field))


def with_value(body: Any, path: Path, value: Any) -> Any:
    """A copy of the body with another value in one place."""
    changed = copy.deepcopy(body)
    at = changed
    for name, following in pairwise(path):
        if name == "0":
            at = at[0]
        elif isinstance(at, dict):
            at = at.setdefault(name, [{}] if following == "0" else {})
    at[path[-1]] = value
    return changed


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_verb_answers_alike(world: World, case: Case) -> None:
    target = case.on(world.small) if case.on else world.small.negotiation
    client, secret, wrong = world.client(case.who), watch(world, case.who), []
    url, body, tag = url_of(case.verb, target), case.body(world.small), tag_of(target)
    method = case.verb.method
    for path, kind, is_list in related_fields(case.verb.body()):
        if (hidden := hidden_of(world, case.who, kind)) is None:
            continue
        there, nowhere = (
            ask(client, method, url, with_value(body, path, [name] if is_list else name), **{"if-match": tag})
            for name in (hidden, str(NOWHERE))
        )
        if there.lasting(hidden) != nowhere.lasting(str(NOWHERE)) or there.status < 400:
            wrong.append((path, there.status, nowhere.status))
        wrong += [(path, found) for found in secret.found_in(there, url, hidden)]
    assert wrong == []


@pytest.mark.parametrize("step", [*STEPS.values()], ids=lambda step: f"{step.noun}-{step.name}")
def test_a_form_answers_alike(world: World, step: Any) -> None:
    who = next(name for name in ("mediator", "analyst", "lead") if may_take(world, name, step))
    client, secret, wrong = world.client(who), watch(world, who), []
    for url, named in questions(world, who, step):
        nowhere = dict.fromkeys(named, str(NOWHERE))
        for method in ("post", "get"):
            there, missing = (ask(client, method, filled(url, method, sent), sent) for sent in (named, nowhere))
            told, untold = there.lasting(*named.values()), missing.lasting(str(NOWHERE))
            if told != untold:
                wrong.append((method, url, [*named], told[:2] == untold[:2], difference(told[2], untold[2])))
            wrong += [(method, url, found) for found in secret.found_in(there, url, " ".join(named.values()))]
    assert wrong == []


def filled(url: str, method: str, named: dict[str, str]) -> str:
    """The address of a form that begins with what is named; what is posted stands in the body."""
    return url if method == "post" else f"{url}{'&' if '?' in url else '?'}{urlencode(named)}"


def questions(world: World, who: str, step: Any) -> Iterator[tuple[str, dict[str, str]]]:
    """The pages of a step, each with something hidden for every field that names another item; one by one in full."""
    hidden = {
        name: key
        for name, field in step.form.base_fields.items()
        if isinstance(field, PickField | PickManyField) and (key := hidden_of(world, who, field.kind)) is not None
    }
    for url in pages_of(world, step):
        if hidden:
            yield url, hidden
        if IS_FULL:
            yield from ((url, {name: key}) for name, key in hidden.items())


def difference(there: str, nowhere: str) -> list[str]:
    lines = unified_diff(nowhere.splitlines(), there.splitlines(), n=0, lineterm="")
    return [line.strip()[:300] for line in lines][2:8]


def may_take(world: World, who: str, step: Any) -> bool:
    seat = world.viewer(who).seat_in(world.small.negotiation.pk)
    return seat is not None and may(seat.role, step.verb)
