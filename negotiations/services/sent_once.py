"""A request sent again under its idempotency key is answered again and not done again."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from negotiations.models import Entry, Membership, SentOnce, User
from negotiations.rules.errors import RuleError

from .sealing import SealBroken, seal, unseal

KEPT = timedelta(hours=24)
KEY = re.compile(r"[\x21-\x7e]{1,255}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was answered: enough to answer it once more, byte for byte."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    is_replayed: bool = False
    kept_at: datetime | None = None


class KeyReused(RuleError):
    """Another request was sent under a key that this caller has used already."""

    code = "idempotency_key_reused"


def digest_of(method: str, path: str, body: bytes) -> str:
    """What makes two requests the same one: method, address with its query, and body."""
    return hashlib.sha256(b"\0".join([method.encode(), path.encode(), body])).hexdigest()


def is_key(text: str) -> bool:
    """Whether a text can be an idempotency key: 1 to 255 printable ASCII characters, no space."""
    return KEY.fullmatch(text) is not None


def once(
    user: User, key: str, digest: str, do: Callable[[], Answer], *, now: datetime, is_secret: bool = False
) -> Answer:
    """Do it and keep the answer for a day, or give the answer that was kept; `is_replayed` says which.

    `do` runs in one transaction with the row that remembers it. Whoever sends the same key meanwhile
    waits for that transaction. A refusal (an exception, or an answer from 400 on) has changed
    nothing and is not kept: the caller may mend the request and send it under the same key.
    An answer that holds a secret is kept sealed; where it cannot be opened any more an empty 204 says
    that it was done. Raises KeyReused for another request under a key in use.
    """
    with transaction.atomic():
        kept = _kept(user, key, digest, now)
        if kept.status is None:
            answer = do()
            _keep(kept, answer, is_secret=is_secret)
            return answer
    if kept.request_digest != digest:
        raise KeyReused(_("Another request was sent under this Idempotency-Key; take a new key for a new request."))
    try:
        body = unseal(bytes(kept.body).decode(), place=_place(kept)).encode() if is_secret else bytes(kept.body)
    except SealBroken:
        return Answer(status=204, is_replayed=True)
    return Answer(
        status=kept.status,
        headers=kept.headers,
        body=body,
        is_replayed=True,
        kept_at=kept.created_at,
    )


def may_be_told_again(user: User, kept_at: datetime) -> bool:
    """Whether nothing was taken away since that the kept answer may hold.

    Asked of all that was narrowed or redacted anywhere and of the caller's own seats, not of the items
    in the answer: it may name many, and telling one time too little costs a caller one read. What the
    caller narrowed themselves, by this very request perhaps, they know of.
    """
    since = Entry.objects.filter(inserted_at__gte=kept_at)
    seats = Membership.objects.filter(user=user).values("public_id")
    by_others = (Q(verb="marking.narrowed") | Q(subject_id__in=seats)) & ~Q(actor=user)
    return not since.filter(Q(verb="entry.redacted") | by_others).exists()


def _kept(user: User, key: str, digest: str, now: datetime) -> SentOnce:
    """The row of this key, new or as another transaction has committed it, which this waits for."""
    SentOnce.objects.filter(user=user, key=key, created_at__lt=now - KEPT).delete()
    fresh = {"request_digest": digest, "created_at": now}
    row, _is_new = SentOnce.objects.get_or_create(user=user, key=key, defaults=fresh)
    return row


def _place(row: SentOnce) -> str:
    """Where a sealed answer is kept: it opens for this caller under this key alone."""
    return f"sentonce:{row.user_id}:{row.key}"


def _keep(row: SentOnce, answer: Answer, *, is_secret: bool) -> None:
    if answer.status >= 400:
        row.delete()
        return
    body = seal(answer.body.decode(), place=_place(row)).encode() if is_secret else answer.body
    row.status, row.headers, row.body = answer.status, dict(answer.headers), body
    row.save(update_fields=["status", "headers", "body"])


def forget_old(now: datetime) -> int:
    """Remove the answers kept for longer than a day; returns how many."""
    return SentOnce.objects.filter(created_at__lt=now - KEPT).delete()[0]
