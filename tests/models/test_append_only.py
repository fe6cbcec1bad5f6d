"""The record is only ever added to: neither the application nor the owner of its tables alters it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from uuid import uuid4

import pytest
from django.db import Error, connection, transaction

from negotiations.models import Citation, Entry, EntryPayload
from tests.factories import START, Talks

AsOwner = Callable[[], AbstractContextManager[None]]
ALTERATIONS = [
    "UPDATE negotiations_entry SET verb = 'x'",
    "UPDATE negotiations_entry SET effective_at = now() WHERE seq = 3",
    "DELETE FROM negotiations_entry",
    "UPDATE negotiations_tombstone SET was_marking = 'CLEAR'",
]


def run(statement: str) -> None:
    """In a transaction of its own, with every deferred guard asked before its end."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.django_db
@pytest.mark.parametrize("statement", ALTERATIONS)
def test_the_application_has_no_right_to_alter_the_record(talks: Talks, statement: str) -> None:
    with pytest.raises(Error, match="permission denied"):
        run(statement)


@pytest.mark.django_db
@pytest.mark.parametrize("statement", ALTERATIONS[:3])
def test_the_owner_is_refused_by_the_trigger(talks: Talks, as_owner: AsOwner, statement: str) -> None:
    with as_owner(), pytest.raises(Error, match=r"pgtrigger: Cannot (update|delete)"):
        run(statement)


@pytest.mark.django_db
@pytest.mark.parametrize("table", ["entry", "entrypayload", "citation", "stateversion", "condition", "tombstone"])
def test_the_application_cannot_truncate(talks: Talks, table: str) -> None:
    with pytest.raises(Error, match="permission denied"):
        run(f"TRUNCATE negotiations_{table} CASCADE")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    ["reason = 'another'", "changes = '{}'", "salt = ''", "redacted_at = now()", "basis = '[]'"],
)
def test_words_change_only_by_a_redaction(talks: Talks, change: str) -> None:
    with pytest.raises(Error, match="a payload changes only by a redaction"):
        run(f"UPDATE negotiations_entrypayload SET {change} WHERE reason <> ''")


@pytest.mark.django_db(transaction=True)
def test_words_are_not_emptied_without_the_entry_that_tells_of_it(talks: Talks) -> None:
    entry = Entry.objects.order_by("seq").last()
    emptied = {"salt": "", "changes": {}, "reason": "", "no_source_reason": "", "basis": []}
    with pytest.raises(Error, match="a payload changes only by a redaction"):
        EntryPayload.objects.filter(entry=entry).update(redacted_at=entry.inserted_at, **emptied)


@pytest.mark.django_db
@pytest.mark.parametrize("change", ["quote = 'x'", "credibility = '1'", "source_id = source_id + 1", "locator = ''"])
def test_a_citation_changes_only_by_a_redaction(talks: Talks, change: str) -> None:
    assert Citation.objects.exists()
    with pytest.raises(Error, match="a citation changes only by a redaction"):
        run(f"UPDATE negotiations_citation SET {change}")


@pytest.mark.django_db
@pytest.mark.parametrize("table", ["citation", "entrypayload"])
def test_words_and_citations_are_not_deleted(talks: Talks, table: str) -> None:
    with pytest.raises(Error, match="pgtrigger: Cannot delete"):
        run(f"DELETE FROM negotiations_{table}")


@pytest.mark.django_db
def test_an_entry_cannot_be_dated_into_another_transaction(talks: Talks) -> None:
    entry = Entry.objects.order_by("seq").last()
    entry.pk, entry.seq, entry.public_id, entry.subject_version = None, entry.seq + 1, uuid4(), 99
    entry.inserted_at = entry.recorded_at = START
    with pytest.raises(Error, match="an entry carries the time at which it is written"), transaction.atomic():
        entry.save(force_insert=True)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE negotiations_stream SET head = 0",
        "DELETE FROM negotiations_stream",
        "UPDATE negotiations_refcounter SET last = 0",
        "DELETE FROM negotiations_refcounter",
    ],
)
def test_numbers_never_go_back(talks: Talks, statement: str) -> None:
    with pytest.raises(Error):
        run(statement)
