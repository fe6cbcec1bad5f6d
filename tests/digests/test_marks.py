"""The statement between two mails is planned once for a session, and works in one that never planned it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.utils import timezone

from negotiations.digests.marks import leave


@pytest.mark.django_db(transaction=True)
def test_it_works_where_another_session_planned_it() -> None:
    now = timezone.now()
    assert not leave("worker", -1, now, {})
    with connection.cursor() as cursor:
        cursor.execute("DEALLOCATE ALL")
    assert not leave("worker", -1, now, {})
