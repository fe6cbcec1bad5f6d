"""Who asks and how far the record has come, in one indexed statement: what a kept document hangs on."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from negotiations.rules.codes import Marking, Role
from negotiations.rules.marking import ANYBODY, Marked, Seat, Viewer, may_see, rank

# The negotiation, and the earlier ones that its conditions are set beside. The ends of the chains stand for
# everything that was ever written; unlike numbers they do not come again after a backup was restored.
NEGOTIATION = """
    SELECT n.id, n.public_id, n.published, n.marking, n.coverage_end, s.head_hash,
           (SELECT head_hash FROM negotiations_stream WHERE negotiation_id IS NULL) AS registry,
           (SELECT json_agg(json_build_array(es.negotiation_id, es.head_hash) ORDER BY es.negotiation_id)
            FROM negotiations_stream es
            WHERE es.negotiation_id IN (
                SELECT e.negotiation_id
                FROM negotiations_condition c JOIN negotiations_condition e ON e.id = c.corresponds_to_id
                WHERE c.negotiation_id = n.id AND c.corresponds_to_id IS NOT NULL)) AS earlier
    FROM negotiations_negotiation n JOIN negotiations_stream s ON s.negotiation_id = n.id
    WHERE n.slug = %(slug)s
"""
CALLER = """
    SELECT t.id, t.user_id, t.last_used_on,
           (SELECT json_agg(json_build_array(m.negotiation_id, m.role, m.clearance, m.organisation_id))
            FROM negotiations_membership m WHERE m.user_id = t.user_id AND m.ended_at IS NULL) AS seats,
           ARRAY(SELECT DISTINCT a.negotiation_id
                 FROM negotiations_namedreader r JOIN negotiations_entryaccess a ON a.subject_id = r.subject_id
                 WHERE r.user_id = t.user_id) AS named_in
    FROM negotiations_token t JOIN negotiations_user u ON u.id = t.user_id
    WHERE t.digest = %(digest)s AND t.revoked_at IS NULL AND t.expires_at > %(now)s AND u.is_active
"""
BOTH = f"SELECT n.*, caller.* FROM ({NEGOTIATION}) n CROSS JOIN ({CALLER}) caller"  # noqa: S608  two constants


@dataclass(frozen=True, slots=True)
class Caller:
    """The token a program sent and the person behind it."""

    token_id: int
    viewer: Viewer
    last_used_on: date | None = field(compare=False)


@dataclass(frozen=True, slots=True)
class Standing:
    """A negotiation as far as its record has come, and how much of it the caller sees.

    Two callers with the same `key` are told the same, byte for byte. `is_shared` is False for whoever
    is named on a RED item there: nothing made for them is kept.
    """

    negotiation_id: int
    public_id: UUID
    coverage_end: datetime | None
    key: str
    is_shared: bool
    caller: Caller | None

    @property
    def viewer(self) -> Viewer:
        return self.caller.viewer if self.caller else ANYBODY


def standing_of(slug: str, *, digest: str | None, now: datetime) -> Standing | None:
    """None where the caller may not see the negotiation or sent a token that is none: say so the long way."""
    with connection.cursor() as cursor:
        values = {"slug": slug, "digest": digest, "now": now}
        cursor.execute(NEGOTIATION if digest is None else BOTH, values)
        row = cursor.fetchone()
    if row is None:
        return None
    pk, public_id, is_published, marking, coverage_end, head, registry, earlier, *caller_row = row
    caller, named_in = read_caller(*caller_row) if caller_row else (None, [])
    viewer = caller.viewer if caller else ANYBODY
    if not may_see(viewer, Marked(marking, pk, is_published)):
        return None
    heads = {pk: head} | dict(earlier or ())
    scopes = [f"{one}:{end}:{scope_in(viewer, one)}" for one, end in heads.items()]
    return Standing(
        negotiation_id=pk,
        public_id=public_id,
        coverage_end=coverage_end,
        key="|".join([str(public_id), registry or "", *scopes]),
        is_shared=not set(named_in) & set(heads),
        caller=caller,
    )


def read_caller(
    token_id: int, user_id: int, last_used_on: date | None, seats: list[list[Any]] | None, named_in: list[int]
) -> tuple[Caller, list[int]]:
    held = {pk: Seat(Role(role), Marking(clearance), organisation) for pk, role, clearance, organisation in seats or ()}
    return Caller(token_id, Viewer(user_id, held), last_used_on), named_in


def scope_in(viewer: Viewer, negotiation_id: int) -> str:
    """How far the viewer sees there but for RED; the letter stands for a set of rows, not for a person."""
    seat = viewer.seat_in(negotiation_id)
    if seat is None:
        return "member" if viewer.is_member else "anybody"
    if rank(seat.clearance) >= rank(Marking.AMBER_STRICT):
        return f"strict-{seat.organisation_id}"
    return "amber" if seat.clearance == Marking.AMBER else "seat"
