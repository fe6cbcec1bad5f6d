"""The exchanges of a phase-state document: delivered on each side by stage, what is owed now, other counts apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from negotiations.models import Claim, Condition, Party
from negotiations.rules import facts
from negotiations.rules.codes import ClaimKind
from negotiations.rules.tranches import Exchange, Ledger, ledgers
from negotiations.rules.tranches import Row as Delivery

from .state_reckoning import StateReckoning
from .state_rows import StateRows
from .state_values import actor, by_name, number, seat
from .tranche_lines import MINE, THEIRS, UNTOUCHED, Pair, counts_of, exchanges_of, quotas_of

Counted = dict[int, list[tuple[int, Decimal]]]


def exchange_documents(rows: StateRows, reckoning: StateReckoning) -> list[dict[str, Any]]:
    """Every exchange that the text makes reciprocal; no queries of its own."""
    groups = exchanges_of(reckoning.conditions, reckoning.links, at=reckoning.at)
    counted = _counted(rows) if groups else {}
    return [_exchange(rows, pairs, key[-1], counted) for key, pairs in groups.items()]


def _counted(rows: StateRows) -> Counted:
    """Measurements by claimant for each condition, in the order in which they were made."""
    found: Counted = defaultdict(list)
    for row in sorted(rows.all(Claim), key=lambda row: (row["said_at"], row["id"])):
        if row["kind"] == ClaimKind.MEASUREMENT and row["value_best"] is not None and row["withdrawn_at"] is None:
            for condition in rows.of(Claim, "conditions", row["id"]):
                found[condition].append((row["claimant_id"], row["value_best"]))
    return found


def _exchange(rows: StateRows, pairs: Sequence[Pair], ratio: object, counted: Counted) -> dict[str, Any]:
    rate = ratio if isinstance(ratio, Decimal) else None
    assessed, *others = ledgers(Exchange(MINE, THEIRS, rate), counts_of(pairs, counted), quotas_of(pairs))
    mine, theirs = pairs[0]
    return {
        "ratio": number(rate),
        "first": _side(rows, theirs),
        "answer": _side(rows, mine),
        "stages": [_stage(rows, row, others, pairs[(row.tranche or 1) - 1]) for row in assessed.rows],
    }


def _side(rows: StateRows, one: facts.Condition) -> dict[str, Any]:
    parties, row = rows.by_id(Party), rows.by_id(Condition)[one.id]
    return {
        "parties": by_name(seat(rows, parties, pk) for pk in one.obligors),
        "unit": row["unit"],
        "unit_ar": row["unit_ar"],
    }


def _stage(rows: StateRows, row: Delivery, others: Sequence[Ledger], pair: Pair) -> dict[str, Any]:
    mine, theirs = pair
    # What was delivered and not counted here may be all that is due: then nobody can say what is owed.
    is_known = row.delivered is not None or mine.status in UNTOUCHED
    return {
        "number": row.tranche,
        "first": _half(rows, theirs, row.other_delivered, row.other_quota, _others(rows, others, THEIRS, row)),
        "answer": _half(rows, mine, row.delivered, row.quota, _others(rows, others, MINE, row)),
        "due": number(row.due),
        "owed": number(row.owed) if is_known else None,
    }


def _half(
    rows: StateRows, one: facts.Condition, amount: Decimal | None, quota: Decimal | None, others: list[dict[str, Any]]
) -> dict[str, Any]:
    return {
        "condition": rows.by_id(Condition)[one.id]["ref"],
        "delivered": number(amount),
        "quota": number(quota),
        "counted_by_others": others,
    }


def _others(rows: StateRows, found: Sequence[Ledger], key: str, row: Delivery) -> list[dict[str, Any]]:
    counts = []
    for ledger in found:
        by = actor(rows, ledger.counted_by)
        if by is None or row.tranche is None or (key, row.tranche) not in ledger.own:
            continue
        own = next(one for one in ledger.rows if one.tranche == row.tranche)
        counts.append({"by": by, "amount": number(own.delivered if key == MINE else own.other_delivered)})
    return sorted(counts, key=lambda one: str(one["by"]["name"]))
