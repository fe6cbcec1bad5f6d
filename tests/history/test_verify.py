"""The proof: it passes for a whole record and names what is wrong with any other."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from negotiations.history.verify import faults
from negotiations.models import Condition, Entry
from negotiations.services.negotiation import open_negotiation
from tests.factories import Talks

pytestmark = pytest.mark.django_db
TABLE = re.compile(r"(?:UPDATE|FROM|INTO) (negotiations_\w+)")
AsOwner = Callable[[], AbstractContextManager[None]]


@pytest.fixture
def change(talks: Talks) -> Entry:
    """A middle entry: a public change of status, followed by others."""
    talks.set_status(talks.withdrawal, "in_progress")
    talks.set_status(talks.release, "in_progress")
    talks.open_dispute(marking="AMBER")
    return Entry.objects.get(verb="condition.status_changed", subject_id=talks.withdrawal.public_id)


def damage(as_owner: AsOwner, *statements: str) -> list[str]:
    """What the proof says after the owner altered tables with their triggers switched off."""
    alter(as_owner, *statements)
    found = [str(fault) for fault in faults()]
    # The test's transaction would end with every tie checked, and some of them are cut now.
    transaction.set_rollback(True)
    return found


def alter(as_owner: AsOwner, *statements: str) -> None:
    connection.check_constraints()
    with as_owner(), connection.cursor() as cursor:
        for table in sorted({name for statement in statements for name in TABLE.findall(statement)}):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        for statement in statements:
            cursor.execute(statement)


def test_a_record_nobody_touched_is_whole(talks: Talks, change: Entry) -> None:
    out = StringIO()
    call_command("verify_record", stdout=out)
    assert f"The record is whole: {Entry.objects.count()} entries." in out.getvalue()


@pytest.mark.parametrize(
    "column",
    [
        "verb = 'claim.made'", "effective_at = effective_at - interval '1 day'", "subject_version = 9",
        "request_id = 'x'", "inserted_at = inserted_at - interval '1 s', recorded_at = inserted_at - interval '1 s'",
        "marking = 'AMBER'", "actor_id = NULL", "seq = 900", "subject_id = gen_random_uuid()", "hash = 'ab'",
        "organisation_id = (SELECT max(id) FROM negotiations_organisation)", "clear_hash = 'ab'",
        "previous_hash = 'ab'", "payload_digest = 'ab'", "negotiation_id = NULL", "backfilled = true",
        "supersedes_id = (SELECT min(id) FROM negotiations_entry)",
    ],
)  # fmt: skip
def test_an_altered_entry_is_named(talks: Talks, change: Entry, as_owner: AsOwner, column: str) -> None:
    found = damage(as_owner, f"UPDATE negotiations_entry SET {column} WHERE id = {change.pk}")
    assert any(str(change.public_id) in fault for fault in found)


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("entrypayload", "reason = 'Nothing happened.'"),
        ("entrypayload", "changes = '{}'"),
        ("entrypayload", "salt = 'ab'"),
        ("entrypayload", "basis = '[]'"),
        ("entrypayload", "redacted_at = now()"),
        ("citation", "credibility = '1'"),
        ("citation", "quote = 'Never said.'"),
        ("entryaccess", "marking = 'RED'"),
        ("entryaccess", "marking = 'GREEN'"),
    ],
)
def test_altered_words_are_named(talks: Talks, change: Entry, as_owner: AsOwner, table: str, column: str) -> None:
    found = damage(as_owner, f"UPDATE negotiations_{table} SET {column} WHERE entry_id = {change.pk}")
    assert found
    assert str(change.public_id) in found[0]


@pytest.mark.parametrize("table", ["citation", "entrypayload", "entryaccess"])
def test_removed_words_are_named(talks: Talks, change: Entry, as_owner: AsOwner, table: str) -> None:
    found = damage(as_owner, f"DELETE FROM negotiations_{table} WHERE entry_id = {change.pk}")
    assert found
    assert str(change.public_id) in found[0]


def test_a_removed_middle_entry_is_missed_by_the_next(talks: Talks, change: Entry, as_owner: AsOwner) -> None:
    following = Entry.objects.get(stream=change.stream, seq=change.seq + 1)
    found = damage(as_owner, *removal(change))
    assert found[0] == (
        f"entry {following.public_id} ({following.verb}): number {following.seq} where {change.seq} is due: "
        "an entry is missing"
    )


def test_a_removed_last_entry_is_missed_by_the_head(talks: Talks, change: Entry, as_owner: AsOwner) -> None:
    last = Entry.objects.filter(stream=change.stream).order_by("seq").last()
    assert last is not None
    assert "entries are missing at its end" in damage(as_owner, *removal(last))[0]


def removal(entry: Entry) -> list[str]:
    tables = ("outboxrow", "entryaccess", "entrypayload", "citation")
    return [
        *(f"DELETE FROM negotiations_{table} WHERE entry_id = {entry.pk}" for table in tables),
        f"DELETE FROM negotiations_entry WHERE id = {entry.pk}",
    ]


def test_an_altered_head_is_named(talks: Talks, change: Entry, as_owner: AsOwner) -> None:
    found = damage(as_owner, f"UPDATE negotiations_stream SET head_hash = 'ab' WHERE id = {change.stream_id}")
    assert "does not end where its last entry does" in found[0]


@pytest.mark.parametrize(
    ("column", "named"),
    [
        ("status = 'met', verified_by = 'third_party'", "status, verified_by"),
        ("title = 'Another'", "title"),
        ("marking = 'AMBER'", "marking"),
        ("version = 9", "version"),
        ("negotiation_id = NULL", "negotiation"),
        ("phase_id = (SELECT max(id) FROM negotiations_phase)", "phase"),
    ],
)
def test_an_altered_row_is_named(talks: Talks, change: Entry, as_owner: AsOwner, column: str, named: str) -> None:
    if "negotiation_id" in column:
        column = f"negotiation_id = {another(talks)}"
    found = damage(as_owner, f"UPDATE negotiations_condition SET {column} WHERE id = {talks.withdrawal.pk}")
    assert any(f"condition {talks.withdrawal.public_id}" in fault and named in fault for fault in found)


def another(talks: Talks) -> int:
    return open_negotiation(act=talks.act(talks.cast.lead, cites=()), slug="another", title="Another").pk


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM negotiations_obligation WHERE condition_id = {pk}",
        "INSERT INTO negotiations_obligation (condition_id, party_id) SELECT {pk}, max(id) FROM negotiations_party",
        "UPDATE negotiations_stateversion SET values = '{{}}' WHERE subject_id = '{public_id}'",
        "DELETE FROM negotiations_stateversion WHERE subject_id = '{public_id}'",
    ],
)
def test_altered_ties_and_states_are_named(talks: Talks, change: Entry, as_owner: AsOwner, statement: str) -> None:
    row: Any = {"pk": talks.withdrawal.pk, "public_id": talks.withdrawal.public_id}
    assert f"condition {talks.withdrawal.public_id}" in damage(as_owner, statement.format(**row))[0]


def test_a_removed_row_is_named(talks: Talks, change: Entry, as_owner: AsOwner) -> None:
    gate = talks.gate
    found = damage(as_owner, f"DELETE FROM negotiations_gate WHERE id = {gate.pk}")
    assert found == [f"gate {gate.public_id}: its entries tell of it and its row is gone"]


def test_an_inserted_row_is_named(talks: Talks, change: Entry, as_owner: AsOwner) -> None:
    found = damage(
        as_owner,
        "INSERT INTO negotiations_organisation (public_id, version, name, byline, byline_ar) "
        "VALUES (gen_random_uuid(), 1, 'Shadow', 'Shadow', '')",
    )
    assert [fault.split(": ")[1] for fault in found] == ["no entry tells of it"]


def test_the_command_fails_and_names_the_first_fault(talks: Talks, change: Entry, as_owner: AsOwner) -> None:
    alter(as_owner, f"UPDATE negotiations_entrypayload SET reason = 'x' WHERE entry_id = {change.pk}")
    err = StringIO()
    with pytest.raises(CommandError, match="The record is not whole"):
        call_command("verify_record", stderr=err)
    assert str(change.public_id) in err.getvalue()
    assert Condition.objects.exists()


def test_a_column_newer_than_the_entries_holds_its_default(talks: Talks, as_owner: AsOwner) -> None:
    """Entries of an earlier release say nothing of it: what every row got when it was added is no fault."""
    forget = "UPDATE negotiations_{} SET {} = {} - 'mails_amber' WHERE {}"
    of_talks = f"SELECT id FROM negotiations_entry WHERE subject_id = '{talks.negotiation.public_id}'"
    told = (
        forget.format("entrypayload", "changes", "changes", f"entry_id IN ({of_talks})"),
        forget.format("stateversion", "values", "values", f"subject_id = '{talks.negotiation.public_id}'"),
    )
    alter(as_owner, *told)
    of_row = f"negotiation {talks.negotiation.public_id}"
    assert not [fault for fault in faults() if of_row in str(fault)]
    alter(as_owner, f"UPDATE negotiations_negotiation SET mails_amber = true WHERE id = {talks.negotiation.pk}")
    assert f"{of_row}: its row differs from its entries in mails_amber" in [str(fault) for fault in faults()]
    transaction.set_rollback(True)
