"""Two who write the same file, or two files that say the same, at once: it is written once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from negotiations.models import ImportBatch, Incident
from negotiations.rules.errors import RuleError
from tests.factories import Talks

from .bringing import INCIDENT, as_csv, check, write

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*batches: ImportBatch) -> list[str]:
    """Write batches side by side; what each came to, in order of the words."""
    start = Barrier(len(batches))

    def one(batch: ImportBatch) -> str:
        try:
            start.wait()
            return write(batch).state
        except RuleError as refused:
            return refused.code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(batches)) as pool:
        return sorted(pool.map(one, batches))


def test_one_file_written_twice_at_once_is_written_once(talks: Talks) -> None:
    batch = check(talks, "incidents", as_csv(INCIDENT))
    assert at_once(batch, ImportBatch.objects.get(pk=batch.pk)) == ["already_applied", "applied"]
    assert Incident.objects.count() == 1


def test_two_files_that_say_the_same_at_once_are_written_once(talks: Talks) -> None:
    first, second = (check(talks, "incidents", as_csv(INCIDENT)) for _ in range(2))
    assert at_once(first, second) == ["applied", "plan_outdated"]
    assert Incident.objects.count() == 1
