"""The eight disputes of the Gaza process, and how they moved."""

from __future__ import annotations

from negotiations.rules.codes import DisputeCategory, DisputeStatus, DisputeType, Rung

from ..clock import cairo
from ..row import row
from .structure import RESOLVED

CATEGORY, TYPE, S = DisputeCategory, DisputeType, DisputeStatus
FORUM = cairo(2025, 12, 6)
UN = ("un-17nov/1",)

DISPUTES = (
    row(
        "security", at=RESOLVED, cites=UN, category=CATEGORY.SECURITY_CONTROL, type=TYPE.MANDATE,
        conditions=("isf", "demilitarisation", "withdrawal"), phase="2",
        rung=Rung.PRINCIPALS,
        title="Security control: who disarms whom, and the force's mandate",
        title_ar="السيطرة الأمنية: من ينزع سلاح من، وولاية القوة",
        question="Who takes charge of weapons and of security, and with what mandate for the force?",
        question_ar="من يتولى أمر السلاح والأمن، وبأي ولاية للقوة؟",
        pole_low="Disarmament by force", pole_low_ar="نزع السلاح بالقوة",
        pole_high="Peacekeeping between the sides", pole_high_ar="حفظ السلام بين الجانبين",
    ),
    row(
        "sequencing", at=RESOLVED, cites=UN, category=CATEGORY.WITHDRAWAL, type=TYPE.SEQUENCING,
        conditions=("withdrawal", "demilitarisation"),
        rung=Rung.PRINCIPALS,
        title="Sequence of withdrawal and disarmament", title_ar="تسلسل الانسحاب ونزع السلاح",
        question="Which comes first, and is withdrawal a gate to the second phase? The resolution links them undated.",
        question_ar="أيهما يأتي أولاً، وهل الانسحاب شرط للدخول في المرحلة الثانية؟ يربط القرار بينهما من دون تواريخ.",
        pole_low="Disarmament first", pole_low_ar="نزع السلاح أولاً",
        pole_high="Withdrawal first", pole_high_ar="الانسحاب أولاً",
    ),
    row(
        "border", at=cairo(2025, 10, 19, 20), cites=("ctpublic-19oct/2",), category=CATEGORY.BORDER_MANAGEMENT,
        type=TYPE.INTERPRETATION, conditions=("rafah", "crossing"),
        rung=Rung.PRINCIPALS,
        title="Border management: Rafah one way or two ways", title_ar="إدارة الحدود: معبر رفح باتجاه واحد أم باتجاهين",
        question="Does the Rafah crossing open in both directions?",
        question_ar="هل يُفتح معبر رفح في الاتجاهين؟",
        pole_low="Exit only", pole_low_ar="للخروج فقط", pole_high="Both directions", pole_high_ar="في الاتجاهين",
    ),
    row(
        "remains", at=cairo(2025, 10, 21), cites=("hubgist-21oct/3",), category=CATEGORY.PRISONER_EXCHANGE,
        type=TYPE.COMPLIANCE, conditions=("remains", "bodies"),
        title="Prisoner exchanges: return of remains", title_ar="تبادل السجناء: إعادة الرفات",
        question="Is the return of remains held back, or held up by access and machinery?",
        question_ar="هل يُمتنع عن إعادة الرفات، أم تؤخرها صعوبة الوصول ونقص المعدات؟",
    ),
    row(
        "line", at=cairo(2025, 12, 7), cites=("statecraft-7dec/2", "week-8dec/3"),
        category=CATEGORY.LINE_DEMARCATION, type=TYPE.INTERPRETATION, conditions=("line", "withdrawal"),
        rung=Rung.PRINCIPALS,
        title="Yellow line: temporary line or border", title_ar="الخط الأصفر: خط مؤقت أم حدود",
        question="Is the yellow line a new border line?",
        question_ar="هل الخط الأصفر خط حدود جديد؟",
    ),
    row(
        "aid count", at=cairo(2025, 12, 10, 19), cites=("ap-10dec/2", "aawsat-11dec/2"),
        category=CATEGORY.HUMANITARIAN_ACCESS, type=TYPE.COUNT, conditions=("aid",),
        title="Count of aid trucks", title_ar="عدد شاحنات المساعدات",
        question="How many trucks enter each day? Four counts differ.",
        question_ar="كم شاحنة تدخل يومياً؟ هناك أربعة أعداد مختلفة.",
    ),
    row(
        "composition", at=FORUM, cites=("dw-6dec/2",), category=CATEGORY.SECURITY_CONTROL, type=TYPE.COMPOSITION,
        conditions=("isf",),
        rung=Rung.PRINCIPALS,
        title="Composition of the force: Turkish troops", title_ar="تشكيل القوة: مشاركة قوات تركية",
        question="May Turkish troops be part of the force?", question_ar="هل يجوز أن تشارك قوات تركية في القوة؟",
    ),
    row(
        "violations", at=cairo(2025, 10, 19, 20), cites=("mint-19oct/2", "ctpublic-19oct/2"),
        category=CATEGORY.VIOLATION_ATTRIBUTION, type=TYPE.COMPLIANCE, conditions=("halt",),
        title="Attribution of violations", title_ar="إسناد الخروقات",
        question="Who is responsible for the alleged violations?", question_ar="من المسؤول عن الخروقات المُدّعى وقوعها؟",
    ),
)  # fmt: skip

MOVES = (
    row(
        "security", at=FORUM, cites=("dw-6dec/2", "i24-6dec/2"), status=S.UNDER_DISCUSSION,
        reason="Talked about by the mediators at the Doha Forum.",
    ),
    row(
        "sequencing", at=FORUM, cites=("dw-6dec/2", "capital-6dec/2"), status=S.UNDER_DISCUSSION,
        reason="Talked about by the mediators at the Doha Forum.",
    ),
    row(
        "border", at=FORUM, cites=("i24-6dec/2", "dw-6dec/2"), status=S.UNDER_DISCUSSION,
        reason="Egypt rejects a one-way opening at the Doha Forum.",
    ),
    row(
        "border", at=cairo(2026, 1, 30), cites=("qldr-30jan/2",), status=S.AGREED_IN_PRINCIPLE,
        reason="An opening for people in both directions, vetted, is announced for Sunday.",
    ),
    row(
        "remains", at=cairo(2026, 1, 29, 20), cites=("qldr-30jan/2", "arabnews-29jan/1"), status=S.RESOLVED,
        reason="The last remains and the last 15 bodies were returned.",
        outcome="All 28 remains are recovered and the last 15 bodies were handed over.",
    ),
)  # fmt: skip

ESCALATED_TO = Rung.GUARANTORS
ESCALATED_AT = cairo(2025, 12, 19)
ESCALATION = row(
    "sequencing",
    at=ESCALATED_AT,
    cites=("kurdistan24-20dec/2", "medialine-20dec/2"),
    reason="The guarantors reviewed the first phase in Miami and called for sequencing, coordination and monitoring.",
)
# The gate that the dispute over the sequence is about.
GATE_IN_DISPUTE = row(
    "sequencing",
    at=FORUM,
    cites=("dw-6dec/2", "capital-6dec/2"),
    reason="The mediators name withdrawal as what the second phase needs; Israel names the last body.",
)
