"""Meetings, messages and proposals of the Gaza process, as far as they are public."""

from __future__ import annotations

from negotiations.rules.codes import Marking, MeetingKind, TalksFormat

from ..clock import cairo
from ..row import row
from .structure import AGREED, PLAN, RELEASED, SHARM

FOUR = ("egypt", "qatar", "turkiye", "united-states")
KIND = MeetingKind
SHUTTLED = cairo(2025, 12, 8, 10)

MEETINGS = (
    row(
        "talks", at=AGREED, cites=("inn-9oct/2", "brussels-10oct/2"), kind=KIND.ROUND, format=TalksFormat.PROXIMITY,
        title="Talks at Sharm el-Sheikh", title_ar="محادثات شرم الشيخ", place="Sharm el-Sheikh", place_ar="شرم الشيخ",
        participants=("hamas", "israel", *FOUR), outcome="The first phase was agreed.",
        outcome_ar="اتُّفق على المرحلة الأولى.",
    ),
    row(
        "summit", at=SHARM, cites=("express-13oct/2", "dunya-13oct/2"), kind=KIND.SESSION,
        title="Sharm el-Sheikh summit", title_ar="قمة شرم الشيخ", place="Sharm el-Sheikh", place_ar="شرم الشيخ",
        participants=FOUR, outcome="Declaration by Egypt, Qatar, Türkiye and the United States.",
        outcome_ar="إعلان من مصر وقطر وتركيا والولايات المتحدة.",
    ),
    row(
        "forum", at=cairo(2025, 12, 6, 10), cites=("dw-6dec/2", "i24-6dec/2", "statecraft-7dec/2"), kind=KIND.SESSION,
        title="Doha Forum", title_ar="منتدى الدوحة", place="Doha", place_ar="الدوحة",
        ends_at=cairo(2025, 12, 7, 18), participants=("egypt", "qatar", "turkiye"),
        agenda="Passage to the second phase: withdrawal, the force, the crossing, weapons.",
        outcome="Mediators press for withdrawal as the key condition; cautious optimism is reported.",
        outcome_ar="يدفع الوسطاء باتجاه الانسحاب بوصفه الشرط الرئيسي مع تفاؤل حذر.",
    ),
    row(
        "miami", at=cairo(2025, 12, 19), cites=("kurdistan24-20dec/2", "medialine-20dec/2"), kind=KIND.SESSION,
        title="Meeting of the guarantors in Miami", title_ar="اجتماع الضامنين في ميامي", place="Miami",
        place_ar="ميامي", participants=FOUR,
        outcome="Reviewed the first phase; called for sequencing, coordination and effective monitoring.",
        outcome_ar="استعراض المرحلة الأولى والدعوة إلى التسلسل والتنسيق والرصد الفعال.",
    ),
    row(
        "davos", at=cairo(2026, 1, 22), cites=("mb-charter/2",), kind=KIND.SESSION,
        title="Signing of the charter of the Board of Peace", title_ar="توقيع ميثاق مجلس السلام", place="Davos",
        place_ar="دافوس", participants=("united-states",), outcome="The charter was signed.",
        outcome_ar="وُقّع الميثاق.",
    ),
)  # fmt: skip

REPORTED = "Reported in the week of the Doha Forum; messages pass both ways and their content is not public."
REPORTED_AR = "وفق تقارير أسبوع منتدى الدوحة؛ تُنقل الرسائل في الاتجاهين ومضمونها غير معلن."
MESSAGES = (
    row(
        "by egypt", at=SHUTTLED, cites=("dw-6dec/3", "statecraft-7dec/3"), carrier="egypt", sender="hamas",
        recipient="israel", marking=Marking.CLEAR, meeting="forum", by="mediator",
        subject="Egypt carries messages on the second phase", subject_ar="مصر تنقل رسائل بشأن المرحلة الثانية",
        text=REPORTED, text_ar=REPORTED_AR,
    ),
    row(
        "by qatar", at=SHUTTLED, cites=("dw-6dec/3", "statecraft-7dec/3"), carrier="qatar", sender="israel",
        recipient="hamas", marking=Marking.CLEAR, meeting="forum", by="mediator-south",
        subject="Qatar carries messages on the second phase", subject_ar="قطر تنقل رسائل بشأن المرحلة الثانية",
        text=REPORTED, text_ar=REPORTED_AR,
    ),
)  # fmt: skip

PROPOSALS = (
    row(
        "plan", at=RELEASED, cites=PLAN, title="20-point plan", title_ar="خطة النقاط العشرين",
        tabled_by="united-states",
        text=(
            "In paraphrase: a halt of the fighting and a pull-back to an agreed line; the exchange of hostages and "
            "prisoners; aid; a technocratic committee under a Board of Peace; a stabilisation force; "
            "demilitarisation and withdrawal in stages; reconstruction."
        ),
    ),
    row(
        "force", at=cairo(2025, 12, 6), cites=("dw-6dec/2", "i24-6dec/2"), title="A force on the yellow line",
        title_ar="قوة على الخط الأصفر", tabled_by="egypt", dispute="security", meeting="forum",
        text="In paraphrase: the stabilisation force takes its place on the yellow line to keep the peace.",
    ),
)  # fmt: skip
