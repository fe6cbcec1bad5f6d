"""What holds an unmet condition back directly: other conditions, open disputes, a verifier without access."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from .alternatives import alternatives, standing_in
from .codes import Code, LinkType, QuantityPer, VerifierAccess
from .codes.base import gettext_noop as _
from .facts import Condition, Dispute, Key, Link, is_standing, reading_order
from .graph import reverse


class HoldKind(Code):
    """In the order in which they are told."""

    REQUIRES = "requires", _("Requires")
    VERIFICATION = "conditional_on_verification_of", _("Conditional on verification of")
    SIMULTANEOUS = "simultaneous_with", _("Simultaneous with")
    RECIPROCAL = "reciprocal_to", _("Reciprocal to")
    DISPUTE = "dispute", _("Open dispute")
    NO_ACCESS = "no_access", _("No access for the verifier")


_LINKS = {
    LinkType.REQUIRES: HoldKind.REQUIRES,
    LinkType.CONDITIONAL_ON_VERIFICATION_OF: HoldKind.VERIFICATION,
    LinkType.SIMULTANEOUS_WITH: HoldKind.SIMULTANEOUS,
    LinkType.RECIPROCAL_TO: HoldKind.RECIPROCAL,
}
_TOLD = {kind: place for place, kind in enumerate(HoldKind)}


@dataclass(frozen=True, slots=True)
class Hold:
    """One thing a condition waits for: `on` is a condition, a dispute, or the verifier kept out.

    `owed` is what a reciprocal condition owes now for what the other side has delivered, by `ratio`;
    None where either count is unknown, negative where it is ahead.
    """

    kind: HoldKind
    on: Key
    link: Key | None = None
    clause: Key | None = None
    ratio: Decimal | None = None
    owed: Decimal | None = None

    @property
    def is_on_condition(self) -> bool:
        return self.kind not in (HoldKind.DISPUTE, HoldKind.NO_ACCESS)

    @property
    def is_binding(self) -> bool:
        """A side that still owes its part for what it has received is not kept from delivering it."""
        return not (self.kind is HoldKind.RECIPROCAL and self.owed is not None and self.owed > 0)


@dataclass(frozen=True, slots=True)
class Web:
    """All that holds anything back in a negotiation, as one reader may see it at one moment.

    `holds` and `graph` have every condition somebody may still wait for; `dues` those that owe their
    part of an exchange now, whether the other side is done or not. `graph` says what waits for what,
    `waited_by` the same from the other end; `rank` is reading order.
    """

    conditions: Mapping[Key, Condition]
    disputes: Mapping[Key, Dispute]
    holds: Mapping[Key, tuple[Hold, ...]]
    dues: Mapping[Key, tuple[Hold, ...]]
    graph: Mapping[Key, tuple[Key, ...]]
    waited_by: Mapping[Key, Sequence[Key]]
    alternatives: Mapping[Key, tuple[Key, ...]]
    rank: Mapping[Key, int]


def weave(
    conditions: Iterable[Condition], links: Iterable[Link] = (), disputes: Iterable[Dispute] = (), *, at: datetime
) -> Web:
    """Return the web of holds at `at`. Linear in conditions, links and disputes, but for sorting them.

    No condition may share its key with a dispute.
    """
    known = {item.id: item for item in sorted(conditions, key=reading_order)}
    ties = [link for link in links if is_standing(link, at) and link.condition in known and link.other in known]
    stand_in = alternatives(ties, at)
    # What is settled, or replaced by an alternative that holds, keeps nobody waiting.
    open_ = {key for key, item in known.items() if not item.is_settled and standing_in(key, known, stand_in) is None}
    holding = {one.id: one for one in sorted(disputes, key=reading_order) if one.is_holding}
    found: dict[Key, list[Hold]] = {key: [] for key in known if key in open_}
    _tie(found, known, ties)
    for dispute in holding.values():
        for key in found.keys() & set(dispute.conditions):
            found[key].append(Hold(HoldKind.DISPUTE, dispute.id))
    for key, mine in found.items():
        if known[key].verification_access == VerifierAccess.DENIED:
            mine.append(Hold(HoldKind.NO_ACCESS, known[key].verifier))
    rank = {key: place for place, key in enumerate([*known, *holding])}
    holds = {key: _in_order(mine, rank) for key, mine in found.items()}
    awaited = {key: _awaited(mine) for key, mine in holds.items()}
    return Web(known, holding, holds, _dues(found, known, ties, rank), awaited, reverse(awaited), stand_in, rank)


def owed(condition: Condition, other: Condition, ratio: Decimal | None) -> Decimal | None:
    """Return what `condition` owes now for what `other` has delivered; None where a count is unknown."""
    mine, theirs = delivered(condition), delivered(other)
    return ratio * theirs - mine if ratio is not None and mine is not None and theirs is not None else None


def delivered(condition: Condition) -> Decimal | None:
    """Return the measure so far; the whole target where it is met and nobody gave a measure.

    A target for each unit of another condition is not the whole: there only a count tells.
    """
    if condition.value is None and condition.holds and condition.per != QuantityPer.RATIO:
        return condition.target
    return condition.value


def _tie(found: dict[Key, list[Hold]], known: Mapping[Key, Condition], links: Iterable[Link]) -> None:
    for link in links:
        kind = _LINKS.get(LinkType(link.type))
        if kind is None:
            continue
        ends = [(link.condition, link.other)]
        if kind is HoldKind.SIMULTANEOUS:
            ends.append((link.other, link.condition))
        for key, other in ends:
            if key in found and other in found:
                found[key].append(_hold(kind, link, known, other))


def _dues(
    found: Mapping[Key, object], known: Mapping[Key, Condition], links: Iterable[Link], rank: Mapping[Key, int]
) -> dict[Key, tuple[Hold, ...]]:
    dues: dict[Key, list[Hold]] = {}
    for link in links:
        if link.type == LinkType.RECIPROCAL_TO and link.condition in found:
            hold = _hold(HoldKind.RECIPROCAL, link, known, link.other)
            if not hold.is_binding:
                dues.setdefault(link.condition, []).append(hold)
    return {key: _in_order(mine, rank) for key, mine in dues.items()}


def _hold(kind: HoldKind, link: Link, known: Mapping[Key, Condition], other: Key) -> Hold:
    due = owed(known[link.condition], known[other], link.ratio) if kind is HoldKind.RECIPROCAL else None
    return Hold(kind, other, link.id, link.clause, link.ratio, due)


def _in_order(holds: Sequence[Hold], rank: Mapping[Key, int]) -> tuple[Hold, ...]:
    return tuple(sorted(holds, key=lambda hold: (_TOLD[hold.kind], rank.get(hold.on, -1), str(hold.link))))


def _awaited(holds: Sequence[Hold]) -> tuple[Key, ...]:
    return tuple(dict.fromkeys(hold.on for hold in holds if hold.is_on_condition))
