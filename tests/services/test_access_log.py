"""Who read what is marked TLP:AMBER and above: one row a reader, item and day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError
from pytest_django import DjangoAssertNumQueries

from negotiations.access.viewer import viewer_for
from negotiations.models import AccessLogRow, User
from negotiations.rules.codes import AccessKind, Marking
from negotiations.rules.marking import ANYBODY
from negotiations.services import access_log
from negotiations.services.access_log import note_reading, shown
from tests.factories import Talks

pytestmark = pytest.mark.django_db
NOON = datetime(2025, 12, 8, 12, tzinfo=UTC)


def read(talks: Talks, person: User, marking: str = Marking.AMBER, *, now: datetime = NOON, kind: str = "read") -> None:
    note_reading(viewer_for(person), talks.negotiation, [shown(talks.withdrawal, marking)], kind, now=now)


def test_it_notes_a_reader_once_an_item_and_day(talks: Talks) -> None:
    read(talks, talks.cast.analyst)
    read(talks, talks.cast.analyst, now=NOON + timedelta(hours=3))
    row = AccessLogRow.objects.get()
    assert (row.user, row.subject_id, row.marking) == (talks.cast.analyst, talks.withdrawal.public_id, Marking.AMBER)


def test_another_day_another_reader_and_an_export_are_rows_of_their_own(talks: Talks) -> None:
    read(talks, talks.cast.analyst)
    read(talks, talks.cast.mediator)
    read(talks, talks.cast.analyst, now=NOON + timedelta(days=1))
    read(talks, talks.cast.analyst, kind=AccessKind.EXPORT)
    assert AccessLogRow.objects.count() == 4


@pytest.mark.parametrize("marking", [Marking.CLEAR, Marking.GREEN])
def test_it_notes_nothing_below_amber(talks: Talks, marking: Marking) -> None:
    read(talks, talks.cast.analyst, marking)
    assert not AccessLogRow.objects.exists()


def test_it_notes_nobody_in_particular_not_at_all(talks: Talks) -> None:
    note_reading(ANYBODY, talks.negotiation, [shown(talks.withdrawal, Marking.AMBER)])
    assert not AccessLogRow.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_it_asks_the_database_once_a_day(talks: Talks, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    viewer = viewer_for(talks.cast.analyst)
    note_reading(viewer, talks.negotiation, [shown(talks.withdrawal, Marking.AMBER)], now=NOON)
    with django_assert_num_queries(0):
        note_reading(viewer, talks.negotiation, [shown(talks.withdrawal, Marking.AMBER)], now=NOON)


def test_a_database_that_refuses_does_not_stop_the_reading(talks: Talks, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_options: object) -> None:
        raise DatabaseError

    monkeypatch.setattr(access_log.AccessLogRow.objects, "bulk_create", refuse)
    read(talks, talks.cast.analyst)
    assert not AccessLogRow.objects.exists()
