"""A batch costs the same queries for two recipients as for two hundred."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext

from negotiations.digests.letter import Press
from negotiations.models import Delivery, User
from negotiations.rules.codes import ConditionStatus

from .conftest import forget
from .post import Desk

BUDGET = 60


def readers(desk: Desk, many: int) -> list[Delivery]:
    """Deliveries to so many people who get the same, in two languages."""
    people = [
        User(username=f"reader-{many}-{n}", display_name=f"Reader {n}", language=("en", "ar")[n % 2])
        for n in range(many)
    ]
    deliveries = [desk.delivery(person) for person in User.objects.bulk_create(people)]
    for delivery in deliveries:
        delivery.subscription.negotiation = desk.talks.negotiation
    return deliveries


def queries(batch: list[Delivery]) -> int:
    forget()
    with CaptureQueriesContext(connection) as asked:
        press = Press(batch)
        letters = [press.letter(delivery) for delivery in batch]
    assert all(
        letter is not None and f"{delivery.user}." in letter.text
        for delivery, letter in zip(batch, letters, strict=True)
    )
    return len(asked)


def test_two_hundred_recipients_cost_no_more_queries_than_two(desk: Desk) -> None:
    desk.talks.set_status(desk.talks.withdrawal, ConditionStatus.IN_PROGRESS)
    few, many = queries(readers(desk, 2)), queries(readers(desk, 200))
    assert few == many
    assert many <= 2 * BUDGET


def test_a_letter_already_written_costs_none(desk: Desk) -> None:
    desk.talks.set_status(desk.talks.withdrawal, ConditionStatus.IN_PROGRESS)
    batch = readers(desk, 4)
    press = Press(batch)
    first = [press.letter(delivery) for delivery in batch]
    with CaptureQueriesContext(connection) as asked:
        again = [press.letter(delivery) for delivery in batch]
    assert len(asked) == 0
    assert first == again
