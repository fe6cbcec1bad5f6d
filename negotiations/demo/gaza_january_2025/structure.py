"""The frame of the January process: seats, text, phases and conditions."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from negotiations.rules.codes import (
    Anchor,
    Comparator,
    ConditionCategory,
    ConditionKind,
    InstrumentKind,
    QuantityPer,
    ThirdPartyRole,
)

from ..clock import cairo
from ..row import row

KIND, CATEGORY, ROLE = ConditionKind, ConditionCategory, ThirdPartyRole
AGREED, IN_FORCE = cairo(2025, 1, 15), cairo(2025, 1, 19)
EXPIRED, ENDED = cairo(2025, 3, 1, 23, 59), cairo(2025, 3, 18)
COVERED_TO = cairo(2025, 3, 18, 23, 59)
TEXT = ("pax/2", "wikipedia/3")
TERMS = ("herald-19jan/2", "irna-19jan/3")

NEGOTIATION = {
    "slug": "gaza-january-2025",
    "title": "Gaza ceasefire January 2025: three phases",
    "title_ar": "وقف إطلاق النار في غزة يناير 2025: ثلاث مراحل",
    "summary": (
        "An agreement in three phases, in force on 19 January 2025. The first phase expired on 1 March without a "
        "passage to the second; strikes resumed on 18 March."
    ),
    "summary_ar": (
        "اتفاق من ثلاث مراحل دخل حيز التنفيذ في 19 يناير 2025. انتهت المرحلة الأولى في 1 مارس من دون انتقال إلى "
        "الثانية، واستؤنفت الغارات في 18 مارس."
    ),
    "status": "active",
    "talks_format": "mixed",
    "ceasefire_class": "preliminary",
    "sides": "bilateral",
    "coverage_area": "general",
    "time_zone": "Africa/Cairo",
    "entry_into_force_at": IN_FORCE,
    "coverage_start": AGREED,
    "coverage_end": COVERED_TO,
    "pax_process_id": "63",
    "pax_agreement_ids": ["2801"],
    "ucdp_conflict_id": "234",
}

PARTIES = (
    row("hamas", at=AGREED, cites=TEXT, actor="hamas"),
    row("israel", at=AGREED, cites=TEXT, actor="israel"),
)
THIRD_PARTIES = tuple(
    row(actor, at=AGREED, cites=TEXT, actor=actor, role=ROLE.MEDIATOR) for actor in ("egypt", "qatar", "united-states")
)
INSTRUMENTS = (
    row(
        "text",
        at=AGREED,
        cites=TEXT,
        kind=InstrumentKind.AGREEMENT,
        title="Practical procedures and mechanisms of the agreement",
        title_ar="الإجراءات والآليات العملية للاتفاق",
        dated_on=AGREED.date(),
        in_force_from=IN_FORCE,
        pax_agreement_id="2801",
    ),
)
_CLAUSES = (
    ("phases", "Three phases; the first lasts 42 days.",
     "ثلاث مراحل؛ تستمر الأولى 42 يوماً."),
    ("talks", "Talks on the second phase start on day 16.",
     "تبدأ محادثات المرحلة الثانية في اليوم السادس عشر."),
    ("exchange", "33 hostages are released; 30 prisoners for a civilian hostage, 50 for a female soldier.",
     "يُفرج عن 33 رهينة؛ 30 سجيناً مقابل كل رهينة مدني و50 مقابل كل مجندة."),
    ("aid", "Up to 600 trucks a day, 50 of them with fuel.",
     "حتى 600 شاحنة يومياً، منها 50 للوقود."),
    ("rafah", "The Rafah crossing opens.",
     "يُفتح معبر رفح."),
    ("areas", "Forces withdraw from populated areas.",
     "تنسحب القوات من المناطق المأهولة."),
    ("philadelphi", "Forces in the Philadelphi corridor are reduced, and out by day 50.",
     "تُقلَّص القوات في محور فيلادلفيا وتخرج بحلول اليوم الخمسين."),
)  # fmt: skip
CLAUSES = tuple(
    row(
        f"text/{number}",
        at=IN_FORCE,
        cites=TERMS,
        instrument="text",
        number=number,
        position=place,
        text=text,
        text_ar=text_ar,
        is_paraphrase=True,
    )
    for place, (number, text, text_ar) in enumerate(_CLAUSES, start=1)
)

PHASES = (
    row(
        "1", at=AGREED, cites=TEXT, number=1, title="Exchange and first withdrawals",
        title_ar="التبادل والانسحابات الأولى", clause="text/phases", planned_start_anchor=Anchor.ENTRY_INTO_FORCE,
        planned_end_anchor=Anchor.ENTRY_INTO_FORCE, planned_end_offset=timedelta(days=42),
    ),
    row(
        "2", at=AGREED, cites=TEXT, number=2, title="Second phase, to be negotiated",
        title_ar="المرحلة الثانية قيد التفاوض", clause="text/phases",
    ),
    row("3", at=AGREED, cites=TEXT, number=3, title="Third phase", title_ar="المرحلة الثالثة", clause="text/phases"),
)  # fmt: skip

CONDITIONS = (
    row(
        "halt", at=IN_FORCE, cites=TEXT, phase="1", kind=KIND.CONTINUOUS, category=CATEGORY.CEASEFIRE_REGIME,
        obligors=("hamas", "israel"), title="Halt of military operations", title_ar="وقف العمليات العسكرية",
        text="Both sides halt military operations.",
        text_ar="يوقف الجانبان العمليات العسكرية.",
    ),
    row(
        "hostages", at=IN_FORCE, cites=TERMS, phase="1", clause="text/exchange", specificity=3,
        category=CATEGORY.DETAINEES_HOSTAGES_REMAINS, obligors=("hamas",), beneficiary="israel", target=Decimal(33),
        unit="people", unit_ar="شخصاً", comparator=Comparator.EXACTLY, per=QuantityPer.TOTAL,
        due_anchor=Anchor.ENTRY_INTO_FORCE, due_offset=timedelta(days=42),
        title="Release of 33 hostages", title_ar="الإفراج عن 33 رهينة", text="33 hostages are released in 42 days.",
        text_ar="يُفرج عن 33 رهينة خلال 42 يوماً.",
    ),
    row(
        "prisoners", at=IN_FORCE, cites=TERMS, phase="1", clause="text/exchange", specificity=3,
        kind=KIND.RECIPROCAL_TRANCHE, category=CATEGORY.DETAINEES_HOSTAGES_REMAINS, obligors=("israel",),
        beneficiary="hamas", target=Decimal(30), unit="prisoners", unit_ar="سجيناً", comparator=Comparator.AT_LEAST,
        per=QuantityPer.RATIO, ratio_to="hostages",
        title="Release of prisoners: 30 for a civilian, 50 for a female soldier",
        title_ar="الإفراج عن سجناء: 30 مقابل كل مدني و50 مقابل كل مجندة",
        text="30 prisoners are released for each civilian hostage and 50 for each female soldier.",
        text_ar="يُفرج عن 30 سجيناً مقابل كل رهينة مدني و50 مقابل كل مجندة.",
    ),
    row(
        "aid", at=IN_FORCE, cites=TERMS, phase="1", clause="text/aid", specificity=3, kind=KIND.CONTINUOUS,
        category=CATEGORY.HUMANITARIAN_RECONSTRUCTION, obligors=("israel",), target=Decimal(600), unit="trucks",
        unit_ar="شاحنة", comparator=Comparator.AT_MOST, per=QuantityPer.DAY,
        title="Aid: up to 600 trucks a day", title_ar="المساعدات: حتى 600 شاحنة يومياً",
        text="Up to 600 trucks enter each day, 50 of them with fuel.",
        text_ar="تدخل يومياً حتى 600 شاحنة، منها 50 للوقود.",
    ),
    row(
        "rafah", at=IN_FORCE, cites=("menafn-19jan/3", "herald-19jan/2"), phase="1", clause="text/rafah",
        category=CATEGORY.BORDER_CROSSINGS_MOVEMENT, obligors=("israel",), title="Rafah crossing opened",
        title_ar="فتح معبر رفح", text="The Rafah crossing opens.",
        text_ar="يُفتح معبر رفح.",
    ),
    row(
        "areas", at=IN_FORCE, cites=TERMS, phase="1", clause="text/areas", obligors=("israel",), beneficiary="hamas",
        category=CATEGORY.WITHDRAWAL_REDEPLOYMENT, title="Withdrawal from populated areas",
        title_ar="الانسحاب من المناطق المأهولة", text="Israeli forces withdraw from populated areas.",
        text_ar="تنسحب القوات الإسرائيلية من المناطق المأهولة.",
    ),
    row(
        "philadelphi", at=IN_FORCE, cites=TERMS, phase="1", clause="text/philadelphi", obligors=("israel",),
        beneficiary="hamas", category=CATEGORY.WITHDRAWAL_REDEPLOYMENT, specificity=3,
        due_anchor=Anchor.ENTRY_INTO_FORCE, due_offset=timedelta(days=49),
        title="Philadelphi corridor: reduced, and out by day 50",
        title_ar="محور فيلادلفيا: تقليص ثم خروج بحلول اليوم الخمسين",
        text="Forces in the Philadelphi corridor are reduced, and out by day 50.",
        text_ar="تُقلَّص القوات في محور فيلادلفيا وتخرج بحلول اليوم الخمسين.",
    ),
    row(
        "talks", at=IN_FORCE, cites=TERMS, phase="1", clause="text/talks", obligors=("hamas", "israel"),
        category=CATEGORY.OTHER, specificity=2, due_anchor=Anchor.ENTRY_INTO_FORCE, due_offset=timedelta(days=15),
        title="Talks on the second phase start on day 16", title_ar="بدء محادثات المرحلة الثانية في اليوم السادس عشر",
        text="Talks on the second phase start on day 16.",
        text_ar="تبدأ محادثات المرحلة الثانية في اليوم السادس عشر.",
    ),
)  # fmt: skip
GATES = (row("talks", at=IN_FORCE, cites=TERMS, phase="2", condition="talks", clause="text/talks"),)
