"""What was claimed and disputed in the Aceh process: counts of arms, and cases of amnesty."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from negotiations.rules.codes import (
    ClaimKind,
    DisputeCategory,
    DisputeStatus,
    DisputeType,
    MeetingKind,
    Rung,
    Stance,
    TalksFormat,
)

from ..clock import jakarta
from ..row import Row, row
from .happenings import CURED, LAST_ROUND, SHORTFALL
from .structure import ENDED, SIGNED, TEXT

MEASURED = ClaimKind.MEASUREMENT
ROUND_1, ROUND_2 = jakarta(2005, 9, 17), jakarta(2005, 10, 18)
AFTER_THREE = jakarta(2005, 12, 14)

# A key, the condition, the claimant, when, the count, the sources and a sentence in both languages.
Counted = tuple[str, str, str, datetime, int, tuple[str, ...], str, str]
_COUNTS: tuple[Counted, ...] = (
    ("handed 1", "arms 1", "amm", ROUND_1, 279, ("accord/2",), "279 arms handed in, 15 to 17 September.",
     "سُلّمت 279 قطعة سلاح بين 15 و17 سبتمبر."),
    ("accepted 1", "arms 1", "amm", ROUND_1, 243, ("accord/2",), "243 of the arms are accepted.",
     "قُبلت 243 قطعة منها."),
    ("handed 2", "arms 2", "amm", ROUND_2, 291, ("accord/2",), "291 arms handed in; 570 in all.",
     "سُلّمت 291 قطعة سلاح؛ 570 إجمالاً."),
    ("accepted 2", "arms 2", "amm", ROUND_2, 233, ("post-19oct/2",), "233 of the arms are accepted.",
     "قُبلت 233 قطعة منها."),
    ("both 2", "arms", "indonesia", ROUND_2, 424, ("reuters-18nov/2",), "424 accepted by both; 52 by the mission.",
     "قبل الطرفان 424 قطعة؛ وقبلت البعثة 52."),
    ("due 3", "arms 3", "amm", SHORTFALL, 166, ("reuters-18nov/2",), "166 accepted, 44 short of 210 on the due day.",
     "قُبلت 166 قطعة، بنقص 44 عن 210 في يوم الاستحقاق."),
    ("accepted 3", "arms 3", "amm", CURED, 222, ("apsn-22nov/2",), "222 accepted: 166 and 56 more.",
     "قُبلت 222 قطعة: 166 ثم 56."),
    ("press mission", "arms", "amm", AFTER_THREE, 792, ("fourth-dec/4",),
     "792 accepted after three rounds, by one press figure; the rounds add up to 698.",
     "قُبلت 792 قطعة بعد ثلاث جولات بحسب رقم صحفي؛ أما مجموع الجولات فهو 698."),
    ("press army", "arms", "indonesia", AFTER_THREE, 628, ("fourth-dec/4",),
     "628 recognised by the army after three rounds, by the same press figure.",
     "أقرّ الجيش بـ628 قطعة بعد ثلاث جولات بحسب الرقم الصحفي نفسه."),
    ("total mission", "arms", "amm", LAST_ROUND, 840, ("abc-19dec/2", "accord/2"), "840 arms accepted: 805 and 35.",
     "قُبلت 840 قطعة سلاح: 805 ثم 35."),
    ("total government", "arms", "indonesia", jakarta(2005, 12, 20), 769, ("final-dec/2", "accord/2"),
     "769 arms accepted; 71 are in dispute.",
     "قُبلت 769 قطعة سلاح؛ و71 قطعة محل خلاف."),
)  # fmt: skip


def _count(counted: Counted) -> Row:
    key, condition, claimant, at, count, cites, text, text_ar = counted
    return row(
        key,
        at=at,
        cites=cites,
        conditions=(condition,),
        claimant=claimant,
        kind=MEASURED,
        value_best=Decimal(count),
        unit="arms",
        text=text,
        text_ar=text_ar,
    )


CLAIMS = (
    *(_count(counted) for counted in _COUNTS),
    row(
        "kept", at=LAST_ROUND, cites=("abc-19dec/2",), conditions=("arms",), claimant="gam", kind=ClaimKind.FULFILLED,
        text="Says that the commitment to hand over the weapons is carried out.",
        text_ar="تقول إن الالتزام بتسليم السلاح قد نُفّذ.",
    ),
)  # fmt: skip

DISPUTES = (
    row(
        "count", at=LAST_ROUND, cites=("abc-19dec/2",), category=DisputeCategory.DISARMAMENT, type=DisputeType.COUNT,
        conditions=("arms",), rung=Rung.JOINT_COMMISSION,
        title="Count of arms: 840 or 769", title_ar="عدد قطع السلاح: 840 أم 769",
        question="Do the 71 arms that the government does not accept count?",
        question_ar="هل تُحتسب القطع الإحدى والسبعون التي لا تقبلها الحكومة؟",
    ),
    row(
        "cases", at=jakarta(2005, 8, 31), cites=("accord/2",), category=DisputeCategory.PRISONER_EXCHANGE,
        type=DisputeType.INTERPRETATION, conditions=("prisoners",),
        rung=Rung.JOINT_COMMISSION, title="Amnesty: a few disputed cases", title_ar="العفو: حالات قليلة موضع خلاف",
        question="Does the amnesty cover these prisoners?", question_ar="هل يشمل العفو هؤلاء السجناء؟",
    ),
)  # fmt: skip
MOVES = (
    row("cases", at=jakarta(2005, 9, 15), cites=("accord/2",), status=DisputeStatus.UNDER_DISCUSSION,
        reason="Left to a ruling of the monitoring mission."),
    *(
        row(key, at=ENDED, no_source="No report of how this ended was found among the sources.",
            status=DisputeStatus.DORMANT, reason="The mission ended; nothing further is reported here.")
        for key in ("cases", "count")
    ),
)  # fmt: skip
POSITIONS = (
    row("government", at=LAST_ROUND, cites=("abc-19dec/2",), dispute="count", actor="indonesia", stance=Stance.REJECTS,
        summary="Disputes 71 of the arms.", summary_ar="تعترض على 71 قطعة سلاح."),
    row("movement", at=LAST_ROUND, cites=("abc-19dec/2",), dispute="count", actor="gam", stance=Stance.ACCEPTS,
        summary="Says that the handing over is carried out.", summary_ar="تقول إن التسليم قد نُفّذ."),
)  # fmt: skip
MEETINGS = (
    row("signature", at=SIGNED, cites=TEXT, kind=MeetingKind.SESSION, format=TalksFormat.DIRECT,
        title="Signature of the memorandum", title_ar="توقيع المذكرة", place="Helsinki", place_ar="هلسنكي",
        participants=("gam", "indonesia", "cmi"), outcome="The memorandum was signed.", outcome_ar="وُقّعت المذكرة."),
)  # fmt: skip
REJECTED = row("arms", at=jakarta(2005, 12, 20), cites=("final-dec/2", "accord/2"),
               reason="The government accepts 769 of the 840 and disputes 71.")  # fmt: skip
CONCLUDED = row("end", at=ENDED, cites=("accord/2", "accord-copy/2"), by="lead", reason="The monitoring mission ended.")
