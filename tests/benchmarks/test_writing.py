"""Writing a status: an entry with its states, version check and outbox row, against a plain locked save."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle
from typing import Any

import pytest
from django.db import connection, models, transaction
from django.utils import timezone

from negotiations.models import Condition, Entry, OutboxRow, StateVersion
from negotiations.services.condition import change_condition_status
from tests.factories import Talks

from .newsroom import newsroom_negotiation
from .rounds import IS_BENCH, Variant, compare, judge, tell

TABLE = "bench_condition"


def plain_kind() -> type[models.Model]:
    """A model of a condition's columns in a table that nothing guards and nobody records."""
    columns = {
        field.attname: models.BigIntegerField(null=True) if field.is_relation else field.clone()
        for field in Condition._meta.concrete_fields
    }
    meta = type("Meta", (), {"managed": False, "db_table": TABLE, "app_label": "benchmarks"})
    return type("PlainCondition", (models.Model,), {**columns, "__module__": __name__, "Meta": meta})


PLAIN = plain_kind()


@pytest.fixture
def small() -> Iterator[Talks]:
    """The negotiation, and beside it a copy of its conditions without any guard."""
    made = newsroom_negotiation() if IS_BENCH else newsroom_negotiation(conditions=8, disputes=2)
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        # The same columns, indexes and checks, as any saved condition has them; only nobody tells of a change.
        like = "LIKE negotiations_condition INCLUDING INDEXES INCLUDING CONSTRAINTS"
        cursor.execute(f"CREATE TABLE {TABLE} ({like})")
        cursor.execute(f"INSERT INTO {TABLE} SELECT * FROM negotiations_condition")
    yield made
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE {TABLE}")


@pytest.mark.full
@pytest.mark.django_db(transaction=True)
def test_telling_of_a_change_costs_little_more_than_making_it(small: Talks) -> None:
    telling, saving, naming = (cycle(("in_progress", "partly_met")) for _ in range(3))
    # The withdrawal is in progress from the start.
    citing = cycle(("partly_met", "in_progress"))
    release, withdrawal = small.release, small.withdrawal
    before = [kind.objects.count() for kind in (Entry, OutboxRow, StateVersion)]

    def read(row: Condition = release) -> Condition:
        """What a view holds before it writes, the same for all."""
        return Condition.objects.select_related("negotiation").get(pk=row.pk)

    def told() -> None:
        saved = read()
        act = small.act(cites=(), no_source_reason="Seen by ourselves.")
        change_condition_status(saved, act=act, version=saved.version, status=next(telling))

    def cited() -> None:
        """The same with a source: read as it is marked now, weighed, and tied to the entry."""
        saved = read(withdrawal)
        change_condition_status(saved, act=small.act(), version=saved.version, status=next(citing))

    def save(statuses: Iterator[str], **how: Any) -> None:
        saved = read()
        with transaction.atomic():
            row = PLAIN._default_manager.select_for_update().get(pk=saved.pk)
            row.status, row.status_since = next(statuses), timezone.now()
            row.version += 1
            row.save(**how)

    def plain() -> None:
        save(saving)

    def named() -> None:
        """Better than plain: it names the columns that changed."""
        save(naming, update_fields=["status", "status_since", "version"])

    times = 30 if IS_BENCH else 1
    variants = {"status change": told, "with a cited source": cited, "save of three columns": named}
    found = compare(Variant(plain, times), {name: Variant(run, times) for name, run in variants.items()})
    after = [kind.objects.count() for kind in (Entry, OutboxRow, StateVersion)]
    assert all(more > few for few, more in zip(before, after, strict=True))
    tell("status change against a plain locked save", {name: ratio.told() for name, ratio in found.items()})
    judge(found, {"status change": 0.6})
