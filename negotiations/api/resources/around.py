"""What lies around the rows of a document: looked up once for all of them, in one query for each kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from negotiations.history.as_of import related_then
from negotiations.models import MarkedItem
from negotiations.selectors.state_rows import Row

from .field import Field
from .reading import BASE, Reading

Ids = dict[int, tuple[int, ...]]


@dataclass(slots=True)
class Around:
    """Names of related items by kind, relations to many and parts by the member that shows them."""

    reading: Reading
    named: dict[type[Model], dict[int, dict[str, Any]]] = field(default_factory=dict)
    related: dict[str, Ids] = field(default_factory=dict)
    parts: dict[str, dict[int, list[dict[str, Any]]]] = field(default_factory=dict)
    rows: Sequence[Row] = ()
    kept: dict[str, dict[Any, Any]] = field(default_factory=dict)

    def looked_up(self, name: str, look: Callable[[Sequence[Row], Around], dict[Any, Any]]) -> dict[Any, Any]:
        """What a member looked up for all rows at once, the first time it was asked."""
        if name not in self.kept:
            self.kept[name] = look(self.rows, self)
        return self.kept[name]

    def name(self, kind: type[Model], pk: int | None) -> dict[str, Any] | None:
        return self.named.get(kind, {}).get(pk) if pk is not None else None


def documents(
    kind: type[MarkedItem], fields: Sequence[Field], rows: Sequence[Row], reading: Reading
) -> list[dict[str, Any]]:
    """The rows as documents; the number of queries does not grow with them."""
    around = look_around(kind, fields, rows, reading)
    return [{one.name: one.value(row, around) for one in fields} for row in rows]


def look_around(kind: type[MarkedItem], fields: Iterable[Field], rows: Sequence[Row], reading: Reading) -> Around:
    around = Around(reading, rows=rows)
    wanted: defaultdict[type[Model], set[int]] = defaultdict(set)
    for one in fields:
        if one.target is None:
            continue
        if one.parts:
            around.parts[one.name] = _parts(one, rows, reading)
        elif one.is_many:
            around.related[one.name] = _related(kind, one, rows, reading)
            wanted[one.target] |= {pk for found in around.related[one.name].values() for pk in found}
        else:
            wanted[one.target] |= {row[one.column] for row in rows if row[one.column] is not None}
    around.named = {target: reading.names(target, ids) for target, ids in wanted.items()}
    return around


def _related(kind: type[MarkedItem], one: Field, rows: Sequence[Row], reading: Reading) -> Ids:
    """Ids that the rows are related to, now or at the moment; some may be of rows the reader may not see."""
    assert one.target is not None  # noqa: S101  the caller asks for relations only
    if reading.states is not None:
        keys = reading.keys(one.target, rows, one.name)
        return {row["id"]: related_then(reading.states[row["public_id"]], one.name, keys) for row in rows}
    relation: Any = kind._meta.get_field(one.name)
    mine, other = f"{relation.m2m_field_name()}_id", f"{relation.m2m_reverse_field_name()}_id"
    through = relation.remote_field.through._default_manager
    pairs: defaultdict[int, list[int]] = defaultdict(list)
    for pk, other_pk in through.filter(**{f"{mine}__in": [row["id"] for row in rows]}).values_list(mine, other):
        pairs[pk].append(other_pk)
    return {pk: tuple(found) for pk, found in pairs.items()}


def _parts(one: Field, rows: Sequence[Row], reading: Reading) -> dict[int, list[dict[str, Any]]]:
    """Documents of the visible rows that belong to these, by the row they belong to."""
    kind: Any = one.target
    back, wanted = one.column, {row["id"] for row in rows}
    columns = tuple(dict.fromkeys([*BASE, back, one.order, *columns_of(one.parts)]))
    if reading.states is None:
        found = list(reading.visible(kind).filter(**{f"{back}__in": wanted}).values(*columns))
    else:
        found = [row for row in reading.then(kind, columns) if row[back] in wanted]
    found.sort(key=lambda row: (row[one.order], str(row["public_id"])))
    grouped: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    for row, document in zip(found, documents(kind, one.parts, found, reading), strict=True):
        grouped[row[back]].append(document)
    return grouped


def columns_of(fields: Iterable[Field]) -> tuple[str, ...]:
    """The columns that a row needs for these members."""
    return tuple(dict.fromkeys(name for one in fields for name in one.columns))


def kinds_of(kind: type[MarkedItem], fields: Iterable[Field]) -> set[str]:
    """The nouns whose past these members tell."""
    found = {kind.noun()}
    for one in fields:
        if one.target is not None and issubclass(one.target, MarkedItem):
            found |= kinds_of(one.target, one.parts)
    return found
