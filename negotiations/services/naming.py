"""The persons named on a TLP:RED item."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db import models

from negotiations.models import MarkedItem, NamedReader
from negotiations.rules.codes import Marking

from .act import Act
from .citing import readers_of
from .reach import wholes_of


def named_ids(act: Act) -> frozenset[int]:
    """Ids of the persons a RED item of this act names: those the act lists and who acts."""
    return frozenset(person.pk for person in (*act.readers, act.actor) if person is not None)


def named_for(item: MarkedItem, relations: Mapping[str, list[models.Model]], act: Act) -> frozenset[int]:
    """Ids of the persons a new RED item names; where the act lists none, those its RED wholes name."""
    if act.readers or item.marking != Marking.RED:
        return named_ids(act)
    circles = [circle for whole in wholes_of(item, relations) if (circle := readers_of(whole))]
    return frozenset.intersection(*circles) if circles else named_ids(act)


def name_readers(item: MarkedItem, named: Iterable[int]) -> None:
    """List who may read a RED item."""
    NamedReader.objects.bulk_create(NamedReader(subject_id=item.public_id, user_id=pk) for pk in sorted(named))
