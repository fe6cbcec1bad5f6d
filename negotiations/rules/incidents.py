"""Counts of incidents, always split by how far they have been looked into and by who alleges them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from .codes import Code, IncidentStatus
from .codes.base import gettext_noop as _
from .facts import Key


class Standing(Code):
    """How far an incident has been looked into; these are never added up into "violations"."""

    ALLEGED = "alleged", _("Alleged")
    UNDER_INQUIRY = "under_inquiry", _("Under inquiry")
    CONFIRMED = "confirmed", _("Confirmed violation")
    NOT_A_VIOLATION = "not_a_violation", _("Not a violation")
    INCONCLUSIVE = "inconclusive", _("Inconclusive")
    WITHDRAWN = "withdrawn", _("Withdrawn")


# No access means that nobody could look: it stays an allegation.
STANDING: dict[IncidentStatus, Standing] = {
    IncidentStatus.ALLEGED: Standing.ALLEGED,
    IncidentStatus.NO_ACCESS: Standing.ALLEGED,
    IncidentStatus.PRELIMINARY_INQUIRY: Standing.UNDER_INQUIRY,
    IncidentStatus.UNDER_INVESTIGATION: Standing.UNDER_INQUIRY,
    IncidentStatus.REPORT_IN_REVIEW: Standing.UNDER_INQUIRY,
    IncidentStatus.CONFIRMED_VIOLATION: Standing.CONFIRMED,
    IncidentStatus.NOT_A_VIOLATION: Standing.NOT_A_VIOLATION,
    IncidentStatus.INCONCLUSIVE: Standing.INCONCLUSIVE,
    IncidentStatus.WITHDRAWN: Standing.WITHDRAWN,
}


@dataclass(frozen=True, slots=True)
class Incident:
    """An event as far as counting goes; without conditions it is context and is not counted."""

    id: Key
    status: str
    alleged_by: Key | None = None
    conditions: tuple[Key, ...] = ()


@dataclass(frozen=True, slots=True)
class Tally:
    """How many incidents stand how; a standing nobody has is 0. There is no total on purpose."""

    by_standing: Mapping[Standing, int] = field(default_factory=dict)

    def __getitem__(self, standing: Standing) -> int:
        return self.by_standing.get(standing, 0)


@dataclass(frozen=True, slots=True)
class Counts:
    """Tallies of everything tied to a condition: all together and by who alleges (None: nobody named)."""

    overall: Tally
    by_claimant: Mapping[Key | None, Tally]
    unlinked: int = 0


def count(incidents: Iterable[Incident], *, condition: Key | None = None) -> Counts:
    """Return the counts of incidents tied to `condition`, or to any condition where none is given.

    `unlinked` is how many are tied to none: imported context, counted nowhere else.
    """
    tied: dict[Key | None, Counter[Standing]] = defaultdict(Counter)
    unlinked = 0
    for one in incidents:
        if not one.conditions:
            unlinked += 1
        elif condition is None or condition in one.conditions:
            tied[one.alleged_by][STANDING[IncidentStatus(one.status)]] += 1
    overall: Counter[Standing] = Counter()
    for mine in tied.values():
        overall.update(mine)
    return Counts(Tally(dict(overall)), {actor: Tally(dict(mine)) for actor, mine in tied.items()}, unlinked)
