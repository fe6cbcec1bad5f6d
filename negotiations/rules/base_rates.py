"""How often provisions of a kind were carried out elsewhere: an outside view, never a forecast.

Computed from the Peace Accords Matrix (Kroc Institute, University of Notre Dame): yearly codes of
comprehensive peace accords; "full" is implementation level 3 at the end of a year.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from .codes import ConditionCategory
from .codes.base import gettext_noop

SOURCE = "Peace Accords Matrix, Kroc Institute for International Peace Studies"
SOURCE_URL = "https://peaceaccords.nd.edu/"
YEARS = (1, 2, 3, 5, 10)
_CAVEAT = gettext_noop(
    "Comprehensive accords that ended civil wars, small numbers, followed for ten years at most: "
    "an outside view, not a forecast for this negotiation."
)


@dataclass(frozen=True, slots=True)
class BaseRate:
    """Of `n` accords with the provision, how many had carried it out fully by the end of each of YEARS.

    `regressed` had slid back at some time.
    """

    code: str
    provision: str
    n: int
    full: tuple[int, int, int, int, int]
    regressed: int

    @property
    def label(self) -> str:
        return _(self.provision)

    def share(self, year: int) -> float:
        """Return the part fully carried out by the end of `year`, 0 to 1; other years than YEARS raise ValueError."""
        return self.full[YEARS.index(year)] / self.n


def _rates(*rows: BaseRate) -> dict[str, BaseRate]:
    return {row.code: row for row in rows}


RATES: dict[str, BaseRate] = _rates(
    BaseRate("with", gettext_noop("Withdrawal of troops"), 14, (4, 8, 9, 9, 9), 1),
    BaseRate("prisr", gettext_noop("Prisoner release"), 20, (9, 11, 15, 16, 16), 1),
    BaseRate("verify", gettext_noop("Verification mechanism"), 26, (8, 15, 19, 22, 22), 0),
    BaseRate("cease", gettext_noop("Ceasefire"), 29, (9, 14, 18, 20, 25), 3),
    BaseRate("disarm", gettext_noop("Disarmament"), 28, (5, 5, 5, 7, 11), 0),
    BaseRate("demob", gettext_noop("Demobilisation"), 25, (2, 6, 8, 11, 15), 1),
    BaseRate("disput", gettext_noop("Dispute resolution committee"), 19, (8, 9, 12, 13, 14), 0),
    BaseRate("unpkf", gettext_noop("UN peacekeeping force"), 12, (3, 7, 11, 12, 12), 0),
    BaseRate("powtran", gettext_noop("Power-sharing transitional government"), 17, (2, 5, 8, 11, 11), 6),
    BaseRate("bound", gettext_noop("Boundary demarcation"), 7, (1, 2, 2, 4, 5), 0),
    BaseRate("idps", gettext_noop("Internally displaced persons"), 24, (1, 1, 3, 6, 9), 5),
    BaseRate("refug", gettext_noop("Refugees"), 22, (0, 0, 2, 7, 10), 3),
)
ALL = BaseRate("all", gettext_noop("All provisions"), 724, (121, 186, 250, 327, 398), 38)

# Category: the provisions that speak to it, the closest first; categories without one have no base rate.
BY_CATEGORY: dict[ConditionCategory, tuple[str, ...]] = {
    ConditionCategory.CEASEFIRE_REGIME: ("cease",),
    ConditionCategory.WITHDRAWAL_REDEPLOYMENT: ("with", "bound"),
    ConditionCategory.DETAINEES_HOSTAGES_REMAINS: ("prisr",),
    ConditionCategory.DISARMAMENT_DDR: ("disarm", "demob"),
    ConditionCategory.BORDER_CROSSINGS_MOVEMENT: ("bound",),
    ConditionCategory.HUMANITARIAN_RECONSTRUCTION: ("idps", "refug"),
    ConditionCategory.MONITORING_VERIFICATION: ("verify", "unpkf"),
    ConditionCategory.DISPUTE_RESOLUTION: ("disput",),
    ConditionCategory.RETURN_OF_DISPLACED: ("idps", "refug"),
    ConditionCategory.SECURITY_GUARANTEES: ("unpkf",),
    ConditionCategory.INTERIM_GOVERNANCE: ("powtran",),
}


def base_rates(category: str) -> tuple[BaseRate, ...]:
    """Return the base rates of a condition's category, the closest first; empty where there is none."""
    return tuple(RATES[code] for code in BY_CATEGORY.get(ConditionCategory(category), ()))


def footnote(rate: BaseRate, year: int = 3) -> str:
    """Return one sentence with n and the share by the end of `year`, to be followed by `caveat` and SOURCE."""
    sentence = _(
        "%(provision)s: fully carried out by the end of year %(year)s in %(full)s of %(n)s accords (%(share)s%%)."
    )
    return sentence % {
        "provision": rate.label,
        "year": year,
        "full": rate.full[YEARS.index(year)],
        "n": rate.n,
        "share": round(rate.share(year) * 100),
    }


def caveat() -> str:
    """Return what must stand beside every base rate, in the active language."""
    return _(_CAVEAT)
