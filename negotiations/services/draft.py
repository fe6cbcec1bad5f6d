"""Drafts: parking what was typed, at its author's own desk and nobody else's."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from negotiations.models import Draft, Negotiation, User
from negotiations.rules.codes import DraftKind, Marking
from negotiations.rules.errors import RuleError

# Enough for anybody who types; a bound for whoever sends forms by machine.
MOST = 200
LONGEST = 512 * 1024


def park(
    user: User,
    *,
    kind: DraftKind,
    content: Mapping[str, Any],
    title: str,
    now: datetime,
    draft: Draft | None = None,
    negotiation: Negotiation | None = None,
    subject_id: UUID | None = None,
    marking: str = Marking.AMBER,
) -> Draft:
    """Keep what was typed, over the draft it came from if there is one. Raises RuleError beyond its bounds."""
    if len(repr(content)) > LONGEST:
        raise RuleError(_("This is too long to be kept as a draft."), code="draft_too_long")
    row = draft or Draft(user=user)
    if draft is None and Draft.objects.filter(user=user).count() >= MOST:
        raise RuleError(_("You have too many drafts; throw some away first."), code="too_many_drafts")
    row.kind, row.content, row.title, row.saved_at = kind, dict(content), title.replace("\0", "")[:200], now
    row.negotiation, row.subject_id = negotiation, subject_id
    row.marking = marking if marking in list(Marking) else Marking.AMBER
    row.save()
    return row


def discard(user: User, public_id: str) -> bool:
    """Throw a draft of one's own away; whether there was one."""
    try:
        asked = UUID(public_id)
    except ValueError:
        return False
    return bool(Draft.objects.filter(user=user, public_id=asked).delete()[0])


def draft_of(user: User, public_id: str, kind: DraftKind | None = None) -> Draft | None:
    """A draft of one's own; None for another person's and for an unknown one alike."""
    try:
        asked = UUID(public_id)
    except ValueError:
        return None
    rows = Draft.objects.filter(user=user, public_id=asked).select_related("negotiation")
    return (rows.filter(kind=kind) if kind else rows).first()
