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
        cursor.execute(f"CREATE TABLE {TABLE} (LIKE negotiations_condition INCLUDING INDEXES)")
        cursor.execute(f"INSERT INTO {TABLE} SELECT * FROM negotiations_condition")
    yield made
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE {TABLE}")


@pytest.mark.full
@pytest.mark.django_db(transaction=True)
def test_telling_of_a_change_costs_little_more_than_making_it(small: Talks) -> None:
    telling, saving, naming = (cycle(("in_progress", "partly_met")) for _ in range(3))
    before = [kind.objects.count() for kind in (Entry, OutboxRow, StateVersion)]

    def read() -> Condition:
        """What a view holds before it writes, the same for both."""
        return Condition.objects.select_related("negotiation").get(pk=small.release.pk)

    def told() -> None:
        saved = read()
        act = small.act(small.cast.mediator)
        change_condition_status(saved, act=act, version=saved.version, status=next(telling))

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
    found = compare(
        Variant(plain, times), {"status change": Variant(told, times), "save of three columns": Variant(named, times)}
    )
    after = [kind.objects.count() for kind in (Entry, OutboxRow, StateVersion)]
    assert all(more > few for few, more in zip(before, after, strict=True))
    tell("status change against a plain locked save", {name: ratio.told() for name, ratio in found.items()})
    judge(found, {"status change": 0.6})
