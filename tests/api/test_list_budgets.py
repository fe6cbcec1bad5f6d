"""A list costs no more queries for 200 rows than for 2."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from copy import copy
from typing import Any
from uuid import uuid4

from django.db import connection, transaction
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext

from negotiations.api.resources import RESOURCES
from negotiations.models import (
    Actor,
    ClaimedCondition,
    DisputedCondition,
    IncidentCondition,
    Obligation,
    StateVersion,
)
from tests.factories import Talks

from .nouns import ROOT, one_of_each

BUDGET, BUDGET_THEN = 16, 24
# What belongs to the phase state reads all around it.
BUDGET_COMPUTED = 40
# A file says how all of it is marked and where the public chain ended.
BUDGET_OF_FILE = 8
Change = Callable[[Any, int], None]


def test_two_hundred_rows_cost_no_more_queries_than_two(small: Talks, mediator: Client) -> None:
    made = one_of_each(small)
    few = {query: queries(mediator, query) for query in every_list()}
    with transaction.atomic():
        grow(made, 198)
        many = {query: queries(mediator, query) for query in every_list()}
        transaction.set_rollback(True)
    assert {query: count for query, count in many.items() if count > few[query]} == {}
    for query, count in few.items():
        is_computed = query.startswith(("conditions", "phases"))
        budget = BUDGET_COMPUTED if is_computed else BUDGET_THEN if "as_of" in query else BUDGET
        assert count <= budget + (BUDGET_OF_FILE if "format" in query else 0), query


def every_list() -> list[str]:
    forms = ("limit=100", "limit=100&as_of=2025-10-12", "format=csv", "format=csv&as_of=2025-10-12")
    return [f"{one.plural}/?{form}" for one in RESOURCES.values() for form in forms]


def queries(client: Client, query: str) -> int:
    client.get(f"{ROOT}{query}")
    with CaptureQueriesContext(connection) as found:
        response = client.get(f"{ROOT}{query}")
        response.getvalue()  # type: ignore[attr-defined]  # a file is read while it is sent
    assert response.status_code == 200
    return len(found)


def grow(made: dict[str, Any], rows: int) -> None:
    """Copy each item with its relations and its past.

    The database lets that happen only in a transaction that is taken back: its guards speak at the commit.
    """
    actors = copies(made["party"].actor, rows, lambda row, number: vars(row).update(name=f"Copy {number}"))
    Actor.objects.bulk_create(actors)
    phases = keep(made["phase"], rows, lambda row, number: vars(row).update(number=500 + number))
    conditions = keep(made["condition"], rows, renamed)
    instruments = keep(made["instrument"], rows, renamed)
    for noun in ("dispute", "claim", "position", "proposal", "meeting", "message", "incident", "source", "assessment"):
        made[f"{noun}s"] = keep(made[noun], rows, renamed)
    keep(made["window"], rows, renamed)
    keep(made["note"], rows)
    keep(made["clause"], rows, lambda row, number: vars(row).update(instrument_id=instruments[number].pk))
    keep(made["gate"], rows, lambda row, number: vars(row).update(phase_id=phases[number].pk))
    keep(made["link"], rows, lambda row, number: vars(row).update(condition_id=conditions[number].pk))
    for noun in ("party", "thirdparty"):
        keep(made[noun], rows, lambda row, number: vars(row).update(actor_id=actors[number].pk))
    versions = keep(
        made["proposalversion"], rows, lambda row, number: vars(row).update(proposal_id=made["proposals"][number].pk)
    )
    keep(made["response"], rows, lambda row, number: vars(row).update(proposal_version_id=versions[number].pk))
    relate(made, conditions)


def renamed(row: Any, number: int) -> None:
    row.ref = f"{row.ref}{number + 100}"


def copies(item: Any, rows: int, change: Change) -> list[Any]:
    found = []
    for number in range(rows):
        row = copy(item)
        row.pk, row.public_id, row._state = None, uuid4(), copy(item._state)
        change(row, number)
        found.append(row)
    return found


def keep(item: Any, rows: int, change: Change = lambda _row, _number: None) -> list[Any]:
    """Copies in the database, each with the past of the item it was copied from."""
    found = type(item).objects.bulk_create(copies(item, rows, change))
    past = list(StateVersion.objects.filter(subject_id=item.public_id))
    StateVersion.objects.bulk_create(
        StateVersion(
            negotiation_id=one.negotiation_id,
            subject_type=one.subject_type,
            subject_id=row.public_id,
            effective=one.effective,
            known=one.known,
            values=one.values,
        )
        for one in past
        for row in found
    )
    return list(found)


def relate(made: dict[str, Any], conditions: Iterable[Any]) -> None:
    """Relate the copies of what names conditions to copies of conditions."""
    related: dict[str, type[Model]] = {
        "dispute": DisputedCondition, "claim": ClaimedCondition, "incident": IncidentCondition,
    }  # fmt: skip
    for noun, through in related.items():
        rows = zip(made[f"{noun}s"], conditions, strict=True)
        through.objects.bulk_create(through(**{noun: one, "condition": condition}) for one, condition in rows)  # type: ignore[attr-defined]
    Obligation.objects.bulk_create(Obligation(condition=one, party=made["party"]) for one in conditions)
