"""Events that somebody alleges to touch the conditions of the Gaza process; none is found on."""

from __future__ import annotations

from negotiations.rules.codes import IncidentType, Severity

from ..clock import cairo
from ..row import row

T = IncidentType
OCTOBER_19 = cairo(2025, 10, 19)
BOTH = ("mint-19oct/2", "ctpublic-19oct/2")

INCIDENTS = (
    row(
        "rafah attack", at=OCTOBER_19, cites=BOTH, type=T.ARMED_CLASH, title="Attack at Rafah",
        title_ar="هجوم في رفح", text="Two Israeli soldiers were killed. Hamas denies having had a part in it.",
        text_ar="قُتل جنديان إسرائيليان. وتنفي حماس أي دور لها.",
        conditions=("halt",), alleged_by="israel", alleged_responsible="hamas", severity=Severity.GRAVE,
        deaths_low=2, deaths_best=2, deaths_high=2, place="Rafah", place_ar="رفح", where_prec=3, date_prec=1,
    ),
    row(
        "october strikes", at=OCTOBER_19, cites=BOTH, type=T.SHELLING_AIRSTRIKE,
        title="Strikes after the attack at Rafah", title_ar="غارات عقب الهجوم في رفح",
        text="Israeli strikes followed the attack; the sides report their cause differently.", conditions=("halt",),
        text_ar="تلت الهجومَ غارات إسرائيلية؛ وتتباين روايتا الجانبين بشأن سببها.",
        alleged_responsible="israel", severity=Severity.GRAVE, place="Gaza", place_ar="غزة",
        where_prec=4, date_prec=1,
    ),
    row(
        "aid stopped", at=OCTOBER_19, cites=("mint-19oct/2",), type=T.BLOCKING_AID_OR_ACCESS,
        title="Aid stopped", title_ar="وقف إدخال المساعدات",
        text="The entry of aid was stopped after the attack at Rafah.",
        text_ar="أُوقف دخول المساعدات بعد الهجوم في رفح.",
        conditions=("aid",), alleged_responsible="israel", severity=Severity.SERIOUS, where_prec=4, date_prec=1,
    ),
    row(
        "rafah closed", at=OCTOBER_19, cites=("ctpublic-19oct/2",), type=T.BLOCKING_AID_OR_ACCESS,
        title="Rafah crossing closed until further notice", title_ar="إغلاق معبر رفح حتى إشعار آخر",
        conditions=("rafah",), alleged_responsible="israel", severity=Severity.SERIOUS, place="Rafah", place_ar="رفح",
        where_prec=3, date_prec=1,
    ),
    row(
        "staged recovery", at=cairo(2025, 10, 28), cites=("trent-28oct/4",), type=T.FAILURE_TO_DELIVER,
        title="Recovery of remains said to be staged", title_ar="عملية انتشال رفات قيل إنها مفتعلة",
        conditions=("remains",), alleged_by="israel", alleged_responsible="hamas", severity=Severity.SERIOUS,
        where_prec=4, date_prec=1,
    ),
    row(
        "new strikes", at=cairo(2025, 10, 28), cites=("trent-28oct/3",), type=T.SHELLING_AIRSTRIKE,
        title="New strikes ordered", title_ar="الأمر بشن غارات جديدة",
        text="Israel names the outstanding remains of 13 captives as the cause; the cause is in dispute.",
        text_ar="تذكر إسرائيل رفات 13 محتجزاً لم يُعد سبباً لذلك؛ والسبب محل خلاف.",
        conditions=("halt",), alleged_responsible="israel", severity=Severity.GRAVE,
        where_prec=4, date_prec=1,
    ),
)  # fmt: skip
