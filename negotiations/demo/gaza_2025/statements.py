"""What is claimed about the Gaza conditions; competing counts stand side by side."""

from __future__ import annotations

from decimal import Decimal

from negotiations.rules.codes import ClaimKind

from ..clock import cairo
from ..row import row
from .structure import IN_FORCE

K = ClaimKind
TRUCKS_FROM, TRUCKS_TO = cairo(2025, 10, 12), cairo(2025, 12, 7)
COUNTED = cairo(2025, 12, 10, 18)
BOTH_AP = ("ap-10dec/3", "aawsat-11dec/3")

_EXCHANGE = (
    row(
        "remains access", at=cairo(2025, 10, 28), cites=("trent-28oct/3",), claimant="hamas",
        kind=K.PARTLY_FULFILLED, conditions=("remains",),
        text="Says that access to areas held by Israel is denied and that machinery is needed for the others.",
        text_ar="تقول إن الوصول إلى مناطق تسيطر عليها إسرائيل ممنوع، وإن المعدات لازمة لبقية الرفات.",
    ),
    row(
        "remains delayed", at=cairo(2025, 10, 28), cites=("trent-28oct/3",), claimant="israel", kind=K.BREACHED,
        conditions=("remains",), unit="people", value_best=Decimal(13),
        text="The remains of 13 captives are outstanding, and a recovery was staged.",
        text_ar="لم يُعد رفات 13 محتجزاً، وافتُعلت عملية انتشال.",
    ),
)  # fmt: skip

_TALLIES = (
    (
        "tally october",
        cairo(2025, 10, 28),
        ("trent-28oct/4",),
        125,
        "125 violations and 94 people killed so far.",
        "125 خرقاً و94 قتيلاً حتى الآن.",
    ),
    (
        "tally november",
        cairo(2025, 11, 23),
        ("anews-23nov/4",),
        497,
        "497 violations and 342 people killed.",
        "497 خرقاً و342 قتيلاً.",
    ),
    (
        "tally december",
        cairo(2025, 12, 6),
        ("i24-6dec/4", "capital-6dec/4"),
        600,
        "About 600 violations.",
        "نحو 600 خرق.",
    ),
)
_VIOLATIONS = (
    row(
        "rafah attack", at=cairo(2025, 10, 19, 18), cites=("mint-19oct/3", "ctpublic-19oct/3"), claimant="israel",
        kind=K.BREACHED, conditions=("halt",), text="Attributes the attack at Rafah to Hamas.",
        text_ar="تنسب الهجوم في رفح إلى حماس.",
    ),
    row(
        "rafah denied", at=cairo(2025, 10, 19, 18), cites=("mint-19oct/3", "ctpublic-19oct/3"), claimant="hamas",
        kind=K.FULFILLED, conditions=("halt",), text="Denies having had a part in the attack at Rafah.",
        text_ar="تنفي أي دور لها في الهجوم في رفح.",
    ),
    *(
        row(
            key, at=at, cites=cites, claimant="gaza-media-office", kind=K.BREACHED, conditions=("halt",),
            unit="alleged violations", period_start=IN_FORCE, period_end=at, value_best=Decimal(count), text=text,
            text_ar=text_ar,
        )
        for key, at, cites, count, text, text_ar in _TALLIES
    ),
    row(
        "daily violations", at=cairo(2025, 12, 6), cites=("i24-6dec/2",), claimant="egypt", speaker="Foreign minister",
        kind=K.BREACHED, conditions=("halt",), text="Alleges daily violations of the ceasefire by Israel.",
        text_ar="تدّعي خروقات إسرائيلية يومية لوقف إطلاق النار.",
    ),
)  # fmt: skip

# (key, claimant, kind, trucks a day, sentence in both languages)
_TRUCKS = (
    ("trucks by data", "cogat", K.MEASUREMENT, "459", "COGAT's data: 25,700 trucks of the 33,600 due, 459 a day.",
     "بيانات كوغات: 25,700 شاحنة من أصل 33,600 مستحقة، أي 459 يومياً."),
    ("trucks by word", "cogat", K.FULFILLED, "600", "COGAT says that more than 600 trucks enter each day.",
     "تقول كوغات إن أكثر من 600 شاحنة تدخل يومياً."),
    ("trucks by un", "un", K.MEASUREMENT, "113", "UN data: 6,545 trucks offloaded, about 113 a day.",
     "بيانات الأمم المتحدة: أُفرغت حمولة 6,545 شاحنة، أي نحو 113 يومياً."),
    ("trucks by hamas", "hamas", K.NOT_FULFILLED, "", "A Hamas document counts 7,333 trucks in all.",
     "تحصي وثيقة لحماس 7,333 شاحنة إجمالاً."),
)  # fmt: skip
CLAIMS = (
    *_EXCHANGE,
    *_VIOLATIONS,
    *(
        row(
            key,
            at=COUNTED,
            cites=BOTH_AP,
            claimant=claimant,
            kind=kind,
            conditions=("aid",),
            unit="trucks a day" if a_day else "trucks in all",
            period_start=TRUCKS_FROM,
            period_end=TRUCKS_TO,
            value_best=Decimal(a_day or "7333"),
            text=text,
            text_ar=text_ar,
        )
        for key, claimant, kind, a_day, text, text_ar in _TRUCKS
    ),
)
