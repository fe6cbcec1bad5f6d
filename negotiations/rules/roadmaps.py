"""Roadmaps to start from: a few common shapes of ceasefires, every wording still to be agreed."""

from __future__ import annotations

from dataclasses import dataclass

from .codes import Code, ConditionCategory, ConditionKind
from .codes.base import gettext_noop as _


class Roadmap(Code):
    """Shapes that recur in ceasefire texts; none of them is a recommendation."""

    PAUSE = (
        "pause",
        _("Humanitarian pause"),
        _("One phase: a halt for a stated time, access for aid, a channel for incidents."),
    )
    EXCHANGE = (
        "exchange",
        _("Halt and exchange, then withdrawal"),
        _("Two phases: a halt with an exchange of detainees; withdrawal under monitoring gates the second."),
    )
    THREE = (
        "three",
        _("Halt, withdrawal, settlement"),
        _("Three phases: a halt with aid; withdrawal and exchange; disarmament, return and a political track."),
    )


@dataclass(frozen=True, slots=True)
class Obligation:
    """An obligation such a text usually holds; `opens` is the phase that it gates."""

    title: str
    title_ar: str
    category: ConditionCategory
    phase: int
    kind: ConditionKind = ConditionKind.MILESTONE
    opens: int | None = None


@dataclass(frozen=True, slots=True)
class Shape:
    """Phases by their English and Arabic titles, and what each usually asks for."""

    phases: tuple[tuple[str, str], ...]
    obligations: tuple[Obligation, ...]


_C, _HOLDS = ConditionCategory, ConditionKind.CONTINUOUS
_HALT = Obligation("Hostilities halt", "وقف الأعمال القتالية", _C.CEASEFIRE_REGIME, 1, _HOLDS)
_PROTECT = Obligation("Civilians are protected", "حماية المدنيين", _C.CIVILIAN_PROTECTION, 1, _HOLDS)
_AID = Obligation(
    "Aid enters at the agreed rate", "دخول المساعدات بالوتيرة المتفق عليها", _C.HUMANITARIAN_RECONSTRUCTION, 1, _HOLDS
)
_CHANNEL = Obligation("A channel settles incidents", "قناة لمعالجة الحوادث", _C.DISPUTE_RESOLUTION, 1)
_MONITOR = Obligation("Monitors are deployed", "نشر المراقبين", _C.MONITORING_VERIFICATION, 1, opens=2)
_RELEASE = Obligation("Detainees are exchanged", "تبادل المحتجزين", _C.DETAINEES_HOSTAGES_REMAINS, 1, opens=2)
_WITHDRAW = Obligation(
    "Forces withdraw to the agreed line", "انسحاب القوات إلى الخط المتفق عليه", _C.WITHDRAWAL_REDEPLOYMENT, 2
)

SHAPES: dict[Roadmap, Shape] = {
    Roadmap.PAUSE: Shape((("Pause", "الهدنة"),), (_HALT, _PROTECT, _AID, _CHANNEL)),
    Roadmap.EXCHANGE: Shape(
        (("Halt and exchange", "الوقف والتبادل"), ("Withdrawal", "الانسحاب")),
        (_HALT, _PROTECT, _AID, _CHANNEL, _MONITOR, _RELEASE, _WITHDRAW),
    ),
    Roadmap.THREE: Shape(
        (("Halt", "الوقف"), ("Withdrawal and exchange", "الانسحاب والتبادل"), ("Settlement", "التسوية")),
        (
            _HALT,
            _PROTECT,
            _AID,
            _CHANNEL,
            _MONITOR,
            Obligation("Detainees are exchanged", "تبادل المحتجزين", _C.DETAINEES_HOSTAGES_REMAINS, 2, opens=3),
            Obligation(
                "Forces withdraw to the agreed line",
                "انسحاب القوات إلى الخط المتفق عليه",
                _C.WITHDRAWAL_REDEPLOYMENT,
                2,
                opens=3,
            ),
            Obligation("Weapons are put beyond use", "وضع السلاح خارج الاستخدام", _C.DISARMAMENT_DDR, 3),
            Obligation("Displaced people return", "عودة النازحين", _C.RETURN_OF_DISPLACED, 3),
            Obligation("Political talks begin", "بدء المحادثات السياسية", _C.POLITICAL_TRACK, 3),
        ),
    ),
}
