"""Fifty people write to one condition at once: one wins each version, and the others are shown why not."""

from __future__ import annotations

import threading

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client

from negotiations.history.verify import faults
from negotiations.models import Condition, Entry
from tests.factories import Talks, talks

from .calls import change, post
from .conftest import signed_in

WRITERS = 50


def at_once(small: Talks, version: int) -> list[HttpResponse]:
    """Everybody sends a change of the same version at the same moment."""
    start, found = threading.Barrier(WRITERS), list[HttpResponse]()
    clients = [signed_in(small, "mediator") for _ in range(WRITERS)]

    def run(client: Client, number: int) -> None:
        start.wait()
        try:
            found.append(post(client, small.withdrawal, change(value=number, status="partly_met"), version=version))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[client, n + 1]) for n, client in enumerate(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


@pytest.mark.django_db(transaction=True)
def test_one_wins_each_version_and_the_record_stays_whole() -> None:
    small = talks()
    for version in (1, 2):
        found = at_once(small, version)
        lost = [response for response in found if response.status_code == 412]
        assert (len(found), len(lost)) == (WRITERS, WRITERS - 1)
        for response in lost:
            conflict = response.json()["conflict"]
            assert (conflict["opened_version"], conflict["saved_version"]) == (version, version + 1)
            value = next(one for one in conflict["fields"] if one["field"] == "value")
            assert None not in (value["saved"], value["yours"])
    assert Condition.objects.get(pk=small.withdrawal.pk).version == 3
    numbers = list(Entry.objects.filter(negotiation=small.negotiation).order_by("seq").values_list("seq", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    assert [str(fault) for fault in faults()] == []
