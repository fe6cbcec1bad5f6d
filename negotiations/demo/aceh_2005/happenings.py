"""How the Aceh conditions moved: counts by stage, findings of the mission, and what it left open."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from negotiations.rules.codes import ConditionStatus, VerificationMethod, VerifiedBy, VerifierAccess

from ..clock import jakarta
from ..row import Fields, row
from .structure import CODED, DEPLOYED, ENDED, LAST_POLICE

S = ConditionStatus
BY_MISSION: Fields = {
    "verified_by": VerifiedBy.THIRD_PARTY,
    "verified_by_actor": "amm",
    "verification_method": VerificationMethod.ON_SITE,
    "verification_access": VerifierAccess.FULL,
}
ON_PAPER = BY_MISSION | {"verification_method": VerificationMethod.DOCUMENT}
ACCORD = ("accord/2",)
SHORTFALL, CURED = jakarta(2005, 11, 18), jakarta(2005, 11, 22)
LAST_ROUND, TROOPS_OUT = jakarta(2005, 12, 19), jakarta(2005, 12, 29)
MATRIX_2005 = jakarta(2005, 12, 31, 23, 59)

FIRST_MONTH = (
    row("prisoners", at=jakarta(2005, 8, 17), cites=ACCORD, status=S.PARTLY_MET, value=Decimal(298),
        reason="298 released two days after the signature."),
    row("amnesty", at=jakarta(2005, 8, 30), cites=ACCORD, status=S.MET, known=DEPLOYED,
        reason="Granted by Presidential Decree 22/2005 on the due day.", **ON_PAPER),
    row("prisoners", at=jakarta(2005, 8, 31), cites=ACCORD, status=S.PARTLY_MET, value=Decimal(1722),
        reason="1,424 more were released after the decree; a few disputed cases were left to a ruling of the mission."),
    row("mission", at=DEPLOYED, cites=("accord/2", "accord-copy/2"), status=S.MET,
        reason="125 EU and 93 ASEAN monitors at the start; extended three times.", **BY_MISSION),
    row("rulings", at=DEPLOYED, cites=ACCORD, status=S.MET,
        reason="Weekly meetings were held and the ladder was used for weapons and amnesty cases.", **ON_PAPER),
)  # fmt: skip

# A stage, when its round ended, how many arms were accepted, the sources and the reason.
Round = tuple[int, datetime, int, tuple[str, ...], str]
_ROUNDS: tuple[Round, ...] = (
    (1, jakarta(2005, 9, 17), 243, ("accord/2", "post-26sep/2"), "279 handed in, 243 accepted."),
    (2, jakarta(2005, 10, 18), 233, ("post-19oct/2", "accord/2"), "291 handed in, 233 accepted; extended."),
    (3, CURED, 222, ("apsn-22nov/2", "accord/2"), "222 accepted, 56 of them after the due day."),
    (4, LAST_ROUND, 142, ("abc-19dec/2", "accord/2"), "142 accepted: the mission's 840 less the earlier rounds."),
)  # fmt: skip
_RUNNING = {1: 243, 2: 476, 3: 698}

ROUNDS = tuple(
    row(f"arms {stage}", at=at, cites=cites, status=S.MET, value=Decimal(count), reason=reason, **BY_MISSION)
    for stage, at, count, cites, reason in _ROUNDS
)
SHORT = (
    row("arms 2", at=jakarta(2005, 10, 17), cites=("post-17oct/2",), status=S.PARTLY_MET,
        reason="Short of the target on the last planned day; the round was extended."),
    row("arms 3", at=SHORTFALL, cites=("reuters-18nov/2",), status=S.PARTLY_MET, value=Decimal(166),
        reason="166 accepted, 44 short of 210 on the due day; the round was extended."),
)  # fmt: skip
TOTALS = tuple(
    row(
        "arms",
        at=at,
        cites=cites,
        status=S.PARTLY_MET,
        value=Decimal(_RUNNING[stage]),
        reason="Running total accepted.",
    )
    for stage, at, _count, cites, _reason in _ROUNDS
    if stage in _RUNNING
)

_MET: Fields = {"status": S.MET, **BY_MISSION}
WITHDRAWALS = (
    row("withdrawal 1", at=jakarta(2005, 9, 24), cites=("post-26sep/2",), value=Decimal(7800),
        reason="About 6,500 soldiers and 1,300 police left, the head of mission said.", **_MET),
    row("withdrawal 2", at=jakarta(2005, 10, 18, 14), cites=("post-19oct/2",), status=S.IN_PROGRESS,
        reason="Begun as the second round of arms was completed."),
    row("withdrawal 3", at=jakarta(2005, 11, 19), cites=("reuters-18nov/2",), status=S.IN_PROGRESS,
        reason="5,665 soldiers and 1,350 police planned; begun before the shortfall in arms was cured."),
    *(
        row(f"withdrawal {stage}", at=LAST_ROUND, cites=("abc-19dec/2",), status=S.REPORTED_MET,
            reason="Three quarters of the forces are reported to have left.")
        for stage in (2, 3)
    ),
    row("withdrawal 4", at=jakarta(2005, 12, 20), cites=("final-dec/2",), status=S.IN_PROGRESS,
        reason="The final withdrawal began."),
    row("military", at=TROOPS_OUT, cites=("afp-30dec/2", "accord/2"),
        reason="The soldiers that were to leave had left by 29 December.", **_MET),
    row("police", at=TROOPS_OUT, cites=("bbc-5jan/2",), status=S.PARTLY_MET,
        reason="2,150 police waited for a ship."),
    row("withdrawal 4", at=LAST_POLICE, cites=("bbc-5jan/2", "accord/2"),
        reason="About 5,600 to 6,000 soldiers left by 29 December, the last police on 5 January.", **_MET),
    row("police", at=LAST_POLICE, cites=("bbc-5jan/2", "accord/2"),
        reason="The last 2,150 police left after the due day, having waited for a ship.", **_MET),
)  # fmt: skip

LATER = (
    row("arms", at=LAST_ROUND, cites=("abc-19dec/2", "accord/2"), status=S.MET, value=Decimal(840),
        reason="805 and 35 more accepted: 840 by the mission's count.", **BY_MISSION),
    row("fighters", at=jakarta(2005, 12, 31), cites=ACCORD, status=S.MET, value=Decimal(3000),
        reason="Done by the due day; the day itself is not given, the last of the year stands for it.", **ON_PAPER),
    row("law", at=jakarta(2006, 7, 11), cites=ACCORD, status=S.MET,
        reason="Adopted on 11 July 2006; due on 31 March.", **ON_PAPER),
    row("court", at=MATRIX_2005, cites=("pam/2",), status=S.PARTLY_MET, known=CODED,
        reason="Coded as intermediate (2) in every year by the Peace Accords Matrix."),
    row("truth", at=MATRIX_2005, cites=("pam/2",), status=S.IN_PROGRESS, known=CODED,
        reason="Coded as minimum (1) in every year by the Peace Accords Matrix."),
    row("claims", at=MATRIX_2005, cites=("pam/2",), status=S.NOT_STARTED, known=CODED,
        reason="Never initiated: coded as 0 in every year by the Peace Accords Matrix."),
    row("rulings", at=ENDED, cites=("accord/2", "accord-copy/2"), status=S.SUPERSEDED,
        reason="The mission ended, and its rulings with it."),
)  # fmt: skip

# In the order in which it was so: a later row may rest on the one before.
STATUSES = sorted((*FIRST_MONTH, *SHORT, *ROUNDS, *TOTALS, *WITHDRAWALS, *LATER), key=lambda told: told.at)
