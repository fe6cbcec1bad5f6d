"""Exchanges under the text: delivered on each side, stage by stage, what is owed now, and who counts otherwise."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from negotiations.history.as_of import related_then
from negotiations.models import Claim, Condition
from negotiations.models.claim import ClaimedCondition
from negotiations.rules import facts
from negotiations.rules.codes import ClaimKind, ConditionStatus, LinkType, QuantityPer
from negotiations.rules.holds import delivered
from negotiations.rules.tranches import Count, Exchange, Ledger, Quota, Row, ledgers

from .blocking_lines import Named, named_condition
from .people import Who, who
from .reckoning import Reckoning
from .scene import Scene, also_about
from .words import Words, words_of

UNTOUCHED = (ConditionStatus.NOT_STARTED, ConditionStatus.NOT_ASSESSED)
MINE, THEIRS = "mine", "theirs"
Pair = tuple[facts.Condition, facts.Condition]


@dataclass(frozen=True, slots=True)
class Counted:
    """Another count of the same delivery, by whoever made it."""

    by: Who
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Half:
    """What one side owes in a stage or in all: delivered as assessed here, of how much, and other counts."""

    condition: Named | None
    delivered: Decimal | None
    quota: Decimal | None
    short: Decimal | None
    others: tuple[Counted, ...]


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage, or the total (`number` None); `owed` is what the answering side owes now by the text."""

    number: int | None
    first: Half
    answer: Half
    due: Decimal | None
    owed: Decimal | None


@dataclass(frozen=True, slots=True)
class ExchangeTable:
    """An exchange between two sides: the answering one delivers `ratio` units for one of the other's."""

    giver: tuple[Who, ...]
    answerer: tuple[Who, ...]
    unit: Words
    answer_unit: Words
    ratio: Decimal | None
    stages: tuple[Stage, ...]
    total: Stage | None


def exchange_tables(reckoning: Reckoning) -> list[ExchangeTable]:
    """Every exchange that the text makes reciprocal; two queries for the counts of others, whatever the size."""
    groups = exchanges_of(reckoning.conditions, reckoning.links, at=reckoning.scene.at)
    if not groups:
        return []
    counted = _claims(reckoning, {one.id for pairs in groups.values() for pair in pairs for one in pair})
    return [_table(reckoning, pairs, ratio, counted) for (*_who, ratio), pairs in groups.items()]


def exchanges_of(
    conditions: Mapping[int, facts.Condition], links: Iterable[facts.Link], *, at: datetime
) -> dict[tuple[object, ...], list[Pair]]:
    """Pairs of answering and answered condition; those of the same sides and kind are stages of one exchange.

    The last part of each key is the ratio, None where the text gives none.
    """
    groups: dict[tuple[object, ...], list[Pair]] = defaultdict(list)
    for link in links:
        mine, theirs = conditions.get(link.condition), conditions.get(link.other)
        if link.type != LinkType.RECIPROCAL_TO or mine is None or theirs is None:
            continue
        if facts.is_standing(link, at):
            groups[mine.obligors, theirs.obligors, mine.category, theirs.category, link.ratio].append((mine, theirs))
    for pairs in groups.values():
        pairs.sort(key=lambda pair: facts.reading_order(pair[0]))
    return groups


def _claims(reckoning: Reckoning, keys: Iterable[int]) -> dict[int, list[tuple[int, Decimal]]]:
    """Measurements by claimant for each condition, in the order in which they were made."""
    scene = reckoning.scene
    conditions = [scene.by_id(Condition)[key] for key in keys]
    also_about(scene, Claim, conditions, value_best__isnull=False)
    rows = {
        row.pk: row
        for row in scene.all(Claim)
        if row.kind == ClaimKind.MEASUREMENT and row.said_at <= scene.at and row.withdrawn_at is None
    }
    found: dict[int, list[tuple[int, Decimal]]] = defaultdict(list)
    for claim, condition in _pairs(scene, rows, conditions):
        if (amount := rows[claim].value_best) is not None:
            found[condition].append((rows[claim].claimant_id, amount))
    return found


def _pairs(scene: Scene, rows: Mapping[int, Claim], conditions: Iterable[Condition]) -> Iterable[tuple[int, int]]:
    """Each of the claims with each of the conditions it is about, in the order in which they were made."""
    keys = {str(row.public_id): row.pk for row in conditions}
    if scene.told is None:
        about = ClaimedCondition.objects.filter(condition__in=keys.values(), claim__in=rows)
        return about.order_by("claim__said_at", "claim").values_list("claim", "condition")
    made = sorted(rows.values(), key=lambda row: (row.said_at, row.pk))
    return [(row.pk, pk) for row in made for pk in related_then(scene.told[row.public_id], "conditions", keys)]


def _table(
    reckoning: Reckoning, pairs: Sequence[Pair], ratio: object, counted: dict[int, list[tuple[int, Decimal]]]
) -> ExchangeTable:
    scene = reckoning.scene
    rate = ratio if isinstance(ratio, Decimal) else None
    counts, quotas = counts_of(pairs, counted), quotas_of(pairs)
    assessed, *others = ledgers(Exchange(MINE, THEIRS, rate), counts, quotas)
    rows = scene.by_id(Condition)
    stages = []
    for row in assessed.rows:
        mine, theirs = pairs[(row.tranche or 1) - 1]
        stages.append(_stage(scene, row, others, (rows[theirs.id], rows[mine.id])))
    mine, theirs = pairs[0]
    return ExchangeTable(
        giver=_people(scene, theirs.obligors),
        answerer=_people(scene, mine.obligors),
        unit=words_of(rows[theirs.id], "unit"),
        answer_unit=words_of(rows[mine.id], "unit"),
        ratio=rate,
        stages=tuple(stages),
        total=_total(scene, assessed.total, stages) if len(stages) > 1 else None,
    )


def _total(scene: Scene, row: Row, stages: Sequence[Stage]) -> Stage:
    """The sum of the stages; where one of them was not counted there is none, and nothing is called owed."""
    total = _stage(scene, row, (), None)
    first = _summed(total.first, [stage.first for stage in stages])
    answer = _summed(total.answer, [stage.answer for stage in stages])
    is_unknown = any(stage.due is not None and stage.owed is None for stage in stages)
    return replace(total, first=first, answer=answer, owed=None if is_unknown else total.owed)


def _summed(total: Half, halves: Sequence[Half]) -> Half:
    is_partial = any(one.delivered is None and one.condition and not _is_untouched(one.condition) for one in halves)
    return replace(total, delivered=None, short=None) if is_partial else total


def _is_untouched(one: Named | Condition) -> bool:
    """Nothing was delivered, as far as anybody here knows."""
    return one.status in UNTOUCHED


def _owed(row: Row, answer: Condition | None) -> Decimal | None:
    """What is owed by the text; unknown where something was delivered that nobody here has counted."""
    is_known = row.delivered is not None or answer is None or _is_untouched(answer)
    return row.owed if is_known else None


def counts_of(pairs: Sequence[Pair], counted: Mapping[int, Sequence[tuple[int, Decimal]]]) -> list[Count]:
    """What was delivered as assessed here, and by the count of others; stages are numbered from 1."""
    counts = []
    for number, pair in enumerate(pairs, start=1):
        for key, one in zip((MINE, THEIRS), pair, strict=True):
            amount = delivered(one)
            counts += [Count(key, number, amount)] if amount is not None else []
            counts += [Count(key, number, value, actor) for actor, value in counted.get(one.id, ())]
    return counts


def quotas_of(pairs: Sequence[Pair]) -> list[Quota]:
    """What the text asks in each stage, where it gives a number."""
    return [
        Quota(key, number, one.target)
        for number, pair in enumerate(pairs, start=1)
        for key, one in zip((MINE, THEIRS), pair, strict=True)
        if one.target is not None and one.per != QuantityPer.RATIO
    ]


def _stage(scene: Scene, row: Row, others: Iterable[Ledger], halves: tuple[Condition, Condition] | None) -> Stage:
    ledgers_ = list(others)
    first, answer = (named_condition(one) for one in halves) if halves else (None, None)
    return Stage(
        number=row.tranche,
        first=_half(
            first, row.other_delivered, row.other_quota, row.other_short, _others(scene, ledgers_, THEIRS, row)
        ),
        answer=_half(answer, row.delivered, row.quota, row.short, _others(scene, ledgers_, MINE, row)),
        due=row.due,
        owed=_owed(row, halves[1] if halves else None),
    )


def _half(
    one: Named | None,
    amount: Decimal | None,
    quota: Decimal | None,
    short: Decimal | None,
    others: tuple[Counted, ...],
) -> Half:
    """A stage that is met lacks nothing, whatever the split between stages was to be."""
    is_met = one is not None and one.status in facts.HOLDING
    return Half(one, amount, quota, None if is_met else short, others)


def _others(scene: Scene, found: Iterable[Ledger], key: str, row: Row) -> tuple[Counted, ...]:
    counts = []
    for ledger in found:
        by = who(scene, ledger.counted_by)
        if by is None or row.tranche is None or (key, row.tranche) not in ledger.own:
            continue
        theirs = next(one for one in ledger.rows if one.tranche == row.tranche)
        amount = theirs.delivered if key == MINE else theirs.other_delivered
        if amount is not None:
            counts.append(Counted(by, amount))
    return tuple(sorted(counts, key=lambda one: one.by.name.text))


def _people(scene: Scene, actors: Iterable[int]) -> tuple[Who, ...]:
    found = [one for one in (who(scene, actor) for actor in actors) if one]
    return tuple(sorted(found, key=lambda one: one.name.text))
