"""What changes can be narrowed to: a phase, a condition, a dispute or a party, with all that is tied to it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q

from negotiations.models import Claim, Condition, Dispute, MarkedItem, Negotiation, Party, Phase, Position, Response
from negotiations.rules.facts import natural_key
from negotiations.rules.fields import nouns_in_words
from negotiations.rules.marking import Viewer

from .entry_lines import ABOUT, title_of
from .matching import about

KINDS: tuple[type[MarkedItem], ...] = (Phase, Condition, Dispute, Party)
Option = tuple[str, str]
Items = Sequence[tuple[str, tuple[Option, ...]]]


def items_of(negotiation: Negotiation, viewer: Viewer) -> list[tuple[str, tuple[Option, ...]]]:
    """What may be chosen, kind by kind, in reading order: the public id and how people call it."""
    found = []
    for kind in KINDS:
        rows = kind._default_manager.visible_to(viewer).filter(negotiation=negotiation)
        rows = rows.select_related(ABOUT[kind.noun()]) if kind.noun() in ABOUT else rows
        options = sorted((natural_key(_called(row)), str(row.public_id), _called(row)) for row in rows)
        if options:
            found.append((nouns_in_words(kind.noun()), tuple((key, words) for _place, key, words in options)))
    return found


def about_item(text: str, items: Items) -> Q | None:
    """Entries about the chosen item and what is tied to it; None for one that is not there for this reader."""
    known = {key for _kind, options in items for key, _words in options}
    return entries_about(UUID(text)) if text in known else None


def entries_about(key: UUID) -> Q:
    """Entries about an item the reader may see and about what is tied to it, a party's statements with it."""
    found = about(key)
    owed = Q(obligors__public_id=key) | Q(beneficiary__public_id=key)
    found |= Q(subject_type="condition", subject_id__in=Condition.objects.filter(owed).values("public_id"))
    answers = Response.objects.filter(party__public_id=key).values("public_id")
    found |= Q(subject_type="response", subject_id__in=answers)
    seat = Party.objects.filter(public_id=key)
    said = Claim.objects.filter(claimant__in=seat.values("actor"), negotiation__in=seat.values("negotiation"))
    stated = Position.objects.filter(actor__in=seat.values("actor"), negotiation__in=seat.values("negotiation"))
    return found | Q(subject_id__in=said.values("public_id")) | Q(subject_id__in=stated.values("public_id"))


def _called(row: MarkedItem) -> str:
    name = str(getattr(row, "ref", "") or getattr(row, "number", "") or "")
    return f"{name} {title_of(row).here}".strip()
