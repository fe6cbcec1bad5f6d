"""Windows and outlooks of the Gaza process; the outlooks are illustrative judgements and say so."""

from __future__ import annotations

from negotiations.rules.codes import Likelihood, Marking, Trend

from ..clock import cairo
from ..row import row

FORUM_WEEK = ("dw-6dec/3", "statecraft-7dec/3")
NO_SOURCE = "An illustrative judgement, made up to show how an outlook reads."

WINDOWS = (
    row(
        "december", at=cairo(2025, 12, 6), cites=FORUM_WEEK, phase="2",
        title="The next days are critical for the second phase",
        title_ar="الأيام المقبلة حاسمة للمرحلة الثانية",
        reason=(
            "Reporting in the week of the Doha Forum speaks of a narrow window: failure risks prolonged instability "
            "and renewed escalation."
        ),
        reason_ar="تتحدث تقارير أسبوع منتدى الدوحة عن نافذة ضيقة: فالفشل ينذر بعدم استقرار طويل وتصعيد جديد.",
    ),
)  # fmt: skip
WINDOW_CLOSED = row(
    "december",
    at=cairo(2025, 12, 19),
    cites=("kurdistan24-20dec/2", "medialine-20dec/2"),
    reason="The guarantors met in Miami to review the first phase.",
)

QUESTION = "Phase two assessed as active by 31 January 2026"
QUESTION_AR = "تقييم المرحلة الثانية بوصفها جارية بحلول 31 يناير 2026"
ASSESSMENTS = (
    row(
        "december", at=cairo(2025, 12, 8, 9), no_source=NO_SOURCE, author="analyst", phase="2",
        question=QUESTION, question_ar=QUESTION_AR, likelihood=Likelihood.UNLIKELY, trend=Trend.IMPROVED,
        resolves_at=cairo(2026, 1, 31, 23, 59), is_illustrative=True,
        rationale=(
            "Illustrative: mediators report cautious optimism, but withdrawal and disarmament wait for each other "
            "and one body is outstanding."
        ),
        rationale_ar=(
            "توضيحي: يفيد الوسطاء بتفاؤل حذر، لكن الانسحاب ونزع السلاح ينتظر كل منهما الآخر، ولم يُعد جثمان واحد بعد."
        ),
    ),
    row(
        "january", at=cairo(2026, 1, 15, 9), no_source=NO_SOURCE, author="analyst", phase="2",
        question=QUESTION, question_ar=QUESTION_AR, likelihood=Likelihood.VERY_UNLIKELY, trend=Trend.UNCHANGED,
        resolves_at=cairo(2026, 1, 31, 23, 59), is_illustrative=True,
        rationale="Illustrative: the phase is declared while entry conditions of the text are open.",
        rationale_ar="توضيحي: أُعلنت المرحلة وبعض شروط الدخول في النص غير مستوفى.",
    ),
    row(
        "crossing", at=cairo(2025, 12, 8, 9), no_source=NO_SOURCE, author="analyst", phase="2",
        marking=Marking.GREEN, question="Rafah open in both directions by 28 February 2026",
        question_ar="فتح معبر رفح في الاتجاهين بحلول 28 فبراير 2026", likelihood=Likelihood.ROUGHLY_EVEN,
        trend=Trend.UNCHANGED, resolves_at=cairo(2026, 2, 28, 23, 59), is_illustrative=True,
        rationale="Illustrative: depends on the last body; shown to members only.",
        rationale_ar="توضيحي: يتوقف الأمر على آخر جثمان؛ ولا يظهر إلا للأعضاء.",
    ),
)  # fmt: skip
RESOLVED_KEYS = ("december", "january")
RESOLUTION = row(
    "phase two",
    at=cairo(2026, 1, 31, 23, 59),
    no_source="By the tracker's own assessment of the phase.",
    reason="By 31 January 2026 the phase was declared and its start was still awaited by this tracker's assessment.",
)
