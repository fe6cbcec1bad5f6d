"""No tracked row is inserted, changed or deleted unless an entry of this very version tells of it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.apps import apps
from django.db import Error, connection, transaction
from django.db.models import QuerySet

from negotiations.models import Condition, Entry, EntryAccess, NamedReader, Obligation, Organisation
from negotiations.models.base import Tracked
from tests.factories import Talks

pytestmark = pytest.mark.django_db(transaction=True)
AsOwner = Callable[[], AbstractContextManager[None]]
UNTOLD = r"no change of .* without (an entry|a new version)"


def commit(statement: str, *values: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def beside_an_entry(talks: Talks, rows: QuerySet[Any], **values: Any) -> None:
    """Change the rows in a transaction in which an entry tells of the withdrawal alone."""
    with transaction.atomic():
        talks.set_status(talks.withdrawal, "in_progress")
        rows.update(**values)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE negotiations_condition SET status = 'in_progress' WHERE id = %s",
        "UPDATE negotiations_condition SET status = 'in_progress', version = version + 1 WHERE id = %s",
        "UPDATE negotiations_condition SET marking = 'AMBER', version = version + 1 WHERE id = %s",
        "UPDATE negotiations_condition SET version = version + 1 WHERE id = %s",
        "UPDATE negotiations_condition SET public_id = gen_random_uuid() WHERE id = %s",
        "DELETE FROM negotiations_obligation WHERE condition_id = %s",
        "UPDATE negotiations_obligation SET party_id = party_id + 1 WHERE condition_id = %s",
    ],
)
def test_a_raw_change_is_refused_at_commit(talks: Talks, statement: str) -> None:
    with pytest.raises(Error, match=UNTOLD):
        commit(statement, talks.withdrawal.pk)
    talks.withdrawal.refresh_from_db()
    assert (talks.withdrawal.status, talks.withdrawal.version) == ("not_assessed", 1)


def test_the_owner_is_refused_just_so(talks: Talks, as_owner: AsOwner) -> None:
    with as_owner(), pytest.raises(Error, match=UNTOLD):
        commit("UPDATE negotiations_condition SET title = 'Another' WHERE id = %s", talks.withdrawal.pk)


def test_a_raw_insert_is_refused_at_commit(talks: Talks) -> None:
    with pytest.raises(Error, match=UNTOLD):
        Organisation.objects.create(name="Shadow Office", byline="Shadow", version=1)
    assert not Organisation.objects.filter(name="Shadow Office").exists()


def test_a_raw_insert_into_a_relation_is_refused_at_commit(talks: Talks) -> None:
    with pytest.raises(Error, match=UNTOLD):
        Obligation.objects.create(condition=talks.withdrawal, party=talks.southern)
    assert talks.withdrawal.obligors.count() == 1


def test_a_raw_delete_is_refused_at_commit(talks: Talks) -> None:
    with pytest.raises(Error, match=UNTOLD):
        commit("DELETE FROM negotiations_claimedcondition WHERE claim_id = %s", talks.claim.pk)
    with pytest.raises(Error, match=UNTOLD):
        commit("DELETE FROM negotiations_position WHERE id = %s", talks.position.pk)


def test_an_entry_of_an_earlier_transaction_cannot_be_borrowed(talks: Talks) -> None:
    """The version before is told of, but not in this transaction."""
    talks.set_status(talks.withdrawal, "in_progress")
    with pytest.raises(Error, match=UNTOLD):
        commit(
            "UPDATE negotiations_condition SET status = 'not_assessed', version = 1 WHERE id = %s", talks.withdrawal.pk
        )
    with pytest.raises(Error, match=UNTOLD):
        commit("UPDATE negotiations_condition SET status = 'not_started' WHERE id = %s", talks.withdrawal.pk)


def test_an_entry_about_another_item_does_not_do(talks: Talks) -> None:
    with pytest.raises(Error, match=UNTOLD):
        beside_an_entry(talks, Condition.objects.filter(pk=talks.release.pk), status="in_progress", version=2)
    assert Entry.objects.filter(subject_id=talks.withdrawal.public_id).count() == 1


def test_a_relation_cannot_be_taken_from_an_item_that_no_entry_tells_of(talks: Talks) -> None:
    """Moving the tie to an item that is told of takes it from one that is not."""
    with pytest.raises(Error, match=UNTOLD):
        beside_an_entry(talks, Obligation.objects.filter(condition=talks.release), condition=talks.withdrawal)


def test_a_reader_of_a_red_item_is_not_added_without_an_entry(talks: Talks) -> None:
    with pytest.raises(Error, match=UNTOLD):
        NamedReader.objects.create(subject_id=talks.claim.public_id, user=talks.cast.outsider)


@pytest.mark.parametrize("marking", ["CLEAR", "GREEN"])
def test_an_entry_is_never_opened_to_more_readers(talks: Talks, marking: str) -> None:
    hidden = talks.open_dispute(marking="AMBER")
    access = EntryAccess.objects.filter(subject_id=hidden.public_id)
    with pytest.raises(Error, match="who may read an entry"):
        access.update(marking=marking)
    with pytest.raises(Error, match="Cannot delete"):
        access.delete()


@pytest.mark.parametrize(
    "kind",
    [model for model in apps.get_app_config("negotiations").get_models() if issubclass(model, Tracked)],
    ids=lambda kind: kind.noun(),
)
def test_every_tracked_table_and_its_relations_carry_the_guard(kind: type[Tracked]) -> None:
    tables = [kind._meta.db_table]
    tables += [field.remote_field.through._meta.db_table for field in kind._meta.many_to_many]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_trigger WHERE tgrelid = ANY(%s::regclass[]) AND tgname LIKE 'pgtrigger_recorded%%'"
            " AND tgdeferrable AND tginitdeferred AND tgenabled = 'O'",
            [tables],
        )
        assert cursor.fetchone()[0] == len(tables)
