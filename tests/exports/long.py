"""A record and a list of many thousand rows, copied in the database; for a transaction that is taken back."""

from __future__ import annotations

from uuid import UUID

from django.db import connection
from django.db.models import Model

from negotiations.models import Claim, Entry, EntryAccess, EntryPayload, Stream
from tests.factories import Talks


def lengthen(talks: Talks, rows: int) -> Stream:
    """The stream with that many more entries, each a copy of its last one with a number of its own."""
    stream = Stream.objects.get(negotiation=talks.negotiation)
    last = Entry.objects.filter(stream=stream).latest("seq")
    first = Entry.objects.latest("pk").pk
    copied(
        Entry,
        last.pk,
        rows,
        id=f"{first} + n",
        seq=f"{stream.head} + n",
        public_id="gen_random_uuid()",
        subject_version="1000 + n",
    )
    for beside in (EntryPayload, EntryAccess):
        copied(beside, last.pk, rows, entry_id=f"{first} + n")
    Stream.objects.filter(pk=stream.pk).update(head=stream.head + rows)
    return Stream.objects.get(pk=stream.pk)


def many_claims(talks: Talks, rows: int) -> None:
    """That many more claims, each a copy of the first with a ref of its own."""
    first = Claim.objects.latest("pk").pk
    copied(Claim, talks.claim.pk, rows, id=f"{first} + n", ref="'K' || (1000 + n)", public_id="gen_random_uuid()")


def copied(kind: type[Model], pk: int | UUID, rows: int, **changed: str) -> None:
    columns = [one.column for one in kind._meta.concrete_fields if not one.generated]
    told = [changed.get(name, connection.ops.quote_name(name)) for name in columns]
    table, names = kind._meta.db_table, ", ".join(map(connection.ops.quote_name, columns))
    key = connection.ops.quote_name(kind._meta.pk.column)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({names}) SELECT {', '.join(told)} "
            f"FROM {table}, generate_series(1, %s) n WHERE {key} = %s",
            [rows, pk],
        )
        cursor.execute(f"ANALYZE {table}")
