"""Which value a field of several subjects had when: read from the state versions in one query."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists
from django.db.models.fields.json import KeyTextTransform

from negotiations.models import StateVersion

from .held_states import as_disclosed, later_disclosures


@dataclass(frozen=True, slots=True)
class Span:
    """A value over a stretch of the world's time; `until` None while it holds."""

    value: str
    since: datetime
    until: datetime | None


def spans_of(
    subjects: Iterable[UUID], field: str, *, until: datetime, known_at: datetime | None = None
) -> Mapping[UUID, list[Span]]:
    """The spans of one field for each subject, oldest first, begun by `until`, as known at `known_at` (None: now).

    Callers keep only subjects that came through `visible_to`. What a subject was before it was
    disclosed to more readers is left out.
    """
    known = {"known__upper_inf": True} if known_at is None else {"known__contains": known_at}
    rows = (
        as_disclosed(StateVersion.objects.filter(subject_id__in=list(subjects), **known))
        .annotate(value=KeyTextTransform(field, "values"))
        .filter(~Exists(later_disclosures(known_at)), starts__lte=until)
        .order_by("starts")
    )
    found: dict[UUID, list[Span]] = {}
    for subject, effective, value in rows.values_list("subject_id", "effective", "value"):
        spans = found.setdefault(subject, [])
        if spans and spans[-1].value == value and spans[-1].until == effective.lower:
            spans[-1] = Span(value, spans[-1].since, effective.upper)
        else:
            spans.append(Span(value, effective.lower, effective.upper))
    return found
