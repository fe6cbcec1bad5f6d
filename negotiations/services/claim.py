"""Verbs on claims: what somebody says, beside what others say."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from negotiations.models import Actor, Claim, Condition, Negotiation

from .act import Act
from .citing import check_cited, covers_item
from .record import amend, writing


def make_claim(
    *,
    act: Act,
    negotiation: Negotiation,
    claimant: Actor,
    kind: str,
    text: str,
    said_at: datetime,
    conditions: Iterable[Condition] = (),
    **fields: Any,
) -> Claim:
    """Record an attributed statement about conditions; it overwrites nothing and moves no status."""
    claim = Claim(negotiation=negotiation, claimant=claimant, kind=kind, text=text, said_at=said_at, **fields)
    check_cited(claim, act)
    with writing(negotiation, act) as record:
        return record.create(claim, "claim.made", relate={"conditions": conditions})


def edit_claim(claim: Claim, *, act: Act, version: int | None, **fields: Any) -> Claim:
    return amend(claim, "claim.edited", act=act, version=version, **fields)


def withdraw_claim(claim: Claim, *, act: Act, version: int | None) -> Claim:
    """Record that the claimant took the statement back; it stays readable as withdrawn."""
    with writing(claim.negotiation, act) as record:
        saved = record.lock(claim, version)
        record.change(saved, "claim.withdrawn", withdrawn_at=record.effective_at)
        return saved


def has_differing_claims(condition: Condition, at: datetime) -> bool:
    """Whether two claimants say different things of the condition, in claims all its readers may see."""
    said: dict[int, set[tuple[str, Any]]] = {}
    standing = condition.claims.filter(withdrawn_at__isnull=True, said_at__lte=at)
    for claim in standing:
        if covers_item(claim, condition):
            said.setdefault(claim.claimant_id, set()).add((claim.kind, claim.value_best))
    views = list(said.values())
    return any(one != other for index, one in enumerate(views) for other in views[index + 1 :])
