"""Which states hold at a moment: one indexed statement, whose text is made once for each kind of question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import lru_cache, reduce
from operator import or_
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.postgres.fields import BigIntegerRangeField
from django.db import connection
from django.db.models import (
    BigIntegerField,
    CharField,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Value,
)
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from negotiations.models import Entry, StateVersion
from negotiations.rules.codes import Marking
from negotiations.rules.marking import rank

from .moment import Moment

END_OF_TIME = datetime.max.replace(tzinfo=UTC)
DISCLOSED = "marking.widened"
# These stand in the text for what is asked; nothing else in it is equal to one of them.
NEGOTIATION = -1
AS_OF, KNOWN_AT = (datetime(1, 1, day, tzinfo=UTC) for day in (1, 2))


def held_at(negotiation: int | None, *, as_of: datetime, known_at: datetime | None, kinds: Iterable[str]) -> list[int]:
    """The keys of the states that hold at `as_of`, as known at `known_at` (None: now); no kinds mean all."""
    text, parameters = _statement(tuple(kinds), is_known_asked=known_at is not None)
    # What holds in our time without end holds in its last moment too; asked so, the index answers it as well.
    asked = {NEGOTIATION: negotiation, AS_OF: as_of, KNOWN_AT: known_at or END_OF_TIME}
    with connection.cursor() as cursor:
        cursor.execute(text, [asked.get(parameter, parameter) for parameter in parameters])
        (keys,) = cursor.fetchone() or ((),)
    return list(keys or ())


@lru_cache(maxsize=64)
def _statement(kinds: tuple[str, ...], *, is_known_asked: bool) -> tuple[str, tuple[Any, ...]]:
    """To build the query takes longer than to run it."""
    rows = _rows(kinds, KNOWN_AT if is_known_asked else None).order_by().values("negotiation")
    query = rows.annotate(keys=ArrayAgg("pk")).values("keys").query
    text, parameters = query.get_compiler(connection.alias).as_sql()
    return text, tuple(parameters)


def _rows(kinds: tuple[str, ...], known_at: datetime | None) -> QuerySet[StateVersion]:
    rows = _by_stream().filter(_in_stream(NEGOTIATION), effective__contains=AS_OF, known__contains=KNOWN_AT)
    if kinds:
        rows = rows.filter(subject_type__in=kinds)
    # Few subjects ever were disclosed: only of those is it read when.
    disclosed = Entry.objects.filter(negotiation=NEGOTIATION, verb=DISCLOSED).values("subject_id")
    return as_disclosed(rows).exclude(Q(subject_id__in=disclosed) & Exists(later_disclosures(known_at)))


def held_over(moments: Mapping[int, Moment], kind: str) -> QuerySet[StateVersion, Any]:
    """The states of one kind in several negotiations, each at a moment of its own: one query for all of them."""
    rows = _over(moments).filter(subject_type=kind)
    return as_disclosed(rows).exclude(Exists(later_disclosures(_known_at(moments))))


def held_in(moments: Mapping[int, Moment], kinds: Iterable[str]) -> dict[int, list[int]]:
    """What `held_at` answers for several negotiations, each at a moment of its own: one query for all of them."""
    rows, asked = _over(moments), tuple(kinds)
    if asked:
        rows = rows.filter(subject_type__in=asked)
    disclosed = Entry.objects.filter(negotiation__in=moments, verb=DISCLOSED).values("subject_id")
    later = Exists(later_disclosures(_known_at(moments)))
    rows = as_disclosed(rows).exclude(Q(subject_id__in=disclosed) & later)
    return dict(rows.order_by().values_list("negotiation").annotate(keys=ArrayAgg("pk")))


def _over(moments: Mapping[int, Moment]) -> QuerySet[Any, Any]:
    asked = (
        _in_stream(pk) & Q(effective__contains=moment.at, known__contains=moment.known_at or END_OF_TIME)
        for pk, moment in moments.items()
    )
    return _by_stream().filter(reduce(or_, asked))


def _known_at(moments: Mapping[int, Moment]) -> datetime | None:
    return next((moment.known_at for moment in moments.values() if moment.known_at), None)


def _by_stream() -> QuerySet[Any, Any]:
    """States as the index of moments leads to them."""
    stream = Func(
        F("negotiation_id"), F("negotiation_id"), Value("[]"), function="int8range", output_field=BigIntegerRangeField()
    )
    return StateVersion.objects.annotate(stream=stream)


def _in_stream(negotiation: int) -> Q:
    # A subject of the registry has a range without ends there, which holds every number.
    return Q(stream__contains=Cast(Value(negotiation), BigIntegerField()), negotiation=negotiation)


def beginning(column: str) -> Func:
    """Where a range of a state begins."""
    return Func(F(column), function="lower", output_field=DateTimeField())


def as_disclosed(rows: QuerySet[StateVersion]) -> QuerySet[Any, Any]:
    """States with what `later_disclosures` reads of them."""
    return rows.annotate(
        starts=beginning("effective"),
        learnt=beginning("known"),
        marking_then=KeyTextTransform("marking", "values"),
    )


def later_disclosures(known_at: datetime | None = None) -> QuerySet[Entry]:
    """For a state of `as_disclosed`: the entries that opened its subject wider afterwards.

    Of what was known earlier, a disclosure told since then counts too, whenever it took effect.
    """
    after = Q(effective_at__gt=OuterRef("starts"))
    if known_at is not None:
        after |= Q(recorded_at__gt=OuterRef("learnt"))
    opened = Entry.objects.filter(after, subject_id=OuterRef("subject_id"), verb=DISCLOSED).annotate(
        then=ExpressionWrapper(OuterRef("marking_then"), output_field=CharField())
    )
    wider = Q()
    for then in Marking:
        wider |= Q(then=then.value, marking__in=[one for one in Marking if rank(one) < rank(then)])
    return opened.filter(wider)
