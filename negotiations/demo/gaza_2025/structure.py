"""The frame of the Gaza process: its seats, texts and phases."""

from __future__ import annotations

from negotiations.rules.codes import Anchor, InstrumentKind, PhaseStatus, ThirdPartyRole

from ..clock import cairo
from ..row import row

RELEASED = cairo(2025, 9, 29)
AGREED = cairo(2025, 10, 9)
IN_FORCE = cairo(2025, 10, 10)
SHARM = cairo(2025, 10, 13)
RESOLVED = cairo(2025, 11, 17)
COUNCIL = ("un-17nov/1",)
DECLARED = cairo(2026, 1, 14)
COVERED_TO = cairo(2026, 2, 1, 23, 59)
PLAN = ("zee-29sep/2", "aa-29sep/2")
STEPS = ("inn-9oct/2", "brussels-10oct/2", "pax/2")

NEGOTIATION = {
    "slug": "gaza-2025",
    "title": "Gaza ceasefire 2025: the 20-point plan",
    "title_ar": "وقف إطلاق النار في غزة 2025: خطة النقاط العشرين",
    "summary": (
        "A step-by-step roadmap: a first phase of exchange, halt and pull-back, in force since 10 October 2025, and a "
        "second phase that is to bring broader security guarantees and a longer halt to the fighting. Arab mediators "
        "press for Israeli withdrawal as the key condition for moving to phase two. Egypt and Qatar carry messages and "
        "narrow gaps that stalled earlier attempts; security control, border management and prisoner exchanges remain "
        "in dispute."
    ),
    "summary_ar": (
        "خريطة طريق على مراحل: مرحلة أولى للتبادل ووقف العمليات وإعادة الانتشار، سارية منذ 10 أكتوبر 2025، ومرحلة "
        "ثانية يُراد لها أن تأتي بضمانات أمنية أوسع ووقف أطول للقتال. ويدفع الوسطاء العرب باتجاه الانسحاب "
        "الإسرائيلي بوصفه الشرط الرئيسي للانتقال إلى المرحلة الثانية. وتنقل مصر وقطر الرسائل وتعملان على تضييق "
        "الفجوات التي عطلت محاولات سابقة، ولا تزال السيطرة الأمنية وإدارة الحدود وتبادل السجناء موضع خلاف."
    ),
    "status": "exploratory",
    "talks_format": "mixed",
    "ceasefire_class": "preliminary",
    "sides": "bilateral",
    "coverage_area": "general",
    "time_zone": "Africa/Cairo",
    "coverage_start": RELEASED,
    "coverage_end": COVERED_TO,
    "pax_process_id": "63",
    "pax_agreement_ids": ["2848", "2849", "2881"],
    "ucdp_conflict_id": "234",
}

PARTIES = (
    row("hamas", at=RELEASED, cites=PLAN, actor="hamas", represented_by="Khalil al-Hayya, negotiator"),
    row("israel", at=RELEASED, cites=PLAN, actor="israel", represented_by="Government, IDF and COGAT"),
    row("palestinian-authority", at=RELEASED, cites=PLAN, actor="palestinian-authority", represented_by="Consulted"),
)

ROLE = ThirdPartyRole
_SEATS = (
    ("egypt", ROLE.MEDIATOR, AGREED, STEPS, "Badr Abdelatty, foreign minister"),
    ("egypt", ROLE.GUARANTOR, SHARM, ("express-13oct/2", "pax/2"), ""),
    ("qatar", ROLE.MEDIATOR, AGREED, STEPS, "Mohammed bin Abdulrahman Al Thani, prime minister"),
    ("qatar", ROLE.GUARANTOR, SHARM, ("express-13oct/2", "pax/2"), ""),
    ("turkiye", ROLE.MEDIATOR, AGREED, STEPS, "Fidan, foreign minister"),
    ("turkiye", ROLE.GUARANTOR, SHARM, ("express-13oct/2", "pax/2"), ""),
    ("united-states", ROLE.MEDIATOR, RELEASED, PLAN, "Witkoff, Kushner, Vance"),
    ("united-states", ROLE.GUARANTOR, SHARM, ("express-13oct/2", "pax/2"), ""),
    ("icrc", ROLE.HUMANITARIAN_INTERMEDIARY, AGREED, ("tass-13oct/1",), ""),
    ("cmcc", ROLE.MONITOR, cairo(2025, 10, 17), ("lwj-17oct/2", "wikipedia-cmcc/3"), ""),
    (
        "board-of-peace",
        ROLE.FACILITATOR,
        cairo(2026, 1, 22),
        ("mb-charter/2",),
        "Nickolay Mladenov, High Representative",
    ),
    ("eubam", ROLE.MONITOR, cairo(2026, 1, 30), ("qldr-30jan/2",), ""),
)
THIRD_PARTIES = tuple(
    row(f"{actor}-{role}", at=at, cites=cites, actor=actor, role=role, represented_by=person)
    for actor, role, at, cites, person in _SEATS
)

INSTRUMENTS = (
    row(
        "plan",
        at=RELEASED,
        cites=PLAN,
        kind=InstrumentKind.PLAN,
        title="20-point plan",
        title_ar="خطة النقاط العشرين",
        dated_on=RELEASED.date(),
    ),
    row(
        "steps",
        at=IN_FORCE,
        cites=STEPS,
        kind=InstrumentKind.IMPLEMENTATION_STEPS,
        title="Implementation steps for the first phase",
        title_ar="خطوات تنفيذ المرحلة الأولى",
        dated_on=IN_FORCE.date(),
        in_force_from=IN_FORCE,
        pax_agreement_id="2849",
    ),
    row(
        "declaration",
        at=SHARM,
        cites=("express-13oct/2", "dunya-13oct/2", "pax/2"),
        kind=InstrumentKind.DECLARATION,
        title="Sharm el-Sheikh declaration",
        title_ar="إعلان شرم الشيخ",
        dated_on=SHARM.date(),
        pax_agreement_id="2848",
        signatories=("egypt", "qatar", "turkiye", "united-states"),
    ),
    row(
        "resolution",
        at=RESOLVED,
        cites=("un-17nov/1", "pax/2"),
        kind=InstrumentKind.RESOLUTION,
        title="Security Council resolution 2803 (2025)",
        title_ar="قرار مجلس الأمن 2803 (2025)",
        dated_on=RESOLVED.date(),
        in_force_from=RESOLVED,
        in_force_until=cairo(2027, 12, 31, 23, 59),
        pax_agreement_id="2881",
        url="https://www.un.org/unispal/document/security-council-meeting-coverage-17nov25",
    ),
)

# An instrument, the number, a paraphrase in both languages, its date and the sources.
_CLAUSES = (
    ("steps", "1", "Military operations, from the air and by artillery included, halt.",
     "تتوقف العمليات العسكرية، بما فيها الجوية والمدفعية.", IN_FORCE, STEPS),
    ("steps", "2", "Israeli forces withdraw to the agreed line within 24 hours of approval.",
     "تنسحب القوات الإسرائيلية إلى الخط المتفق عليه خلال 24 ساعة من الموافقة.", IN_FORCE, STEPS),
    ("steps", "3", "All 20 living hostages are released within 72 hours.",
     "يُفرج عن جميع الرهائن الأحياء وعددهم 20 خلال 72 ساعة.", IN_FORCE, STEPS),
    ("steps", "4", "The remains of 28 deceased hostages are returned within 72 hours.",
     "يُعاد رفات 28 من الرهائن المتوفين خلال 72 ساعة.", IN_FORCE, STEPS),
    ("steps", "5", "250 prisoners serving life and 1,700 detainees are released in exchange.",
     "يُفرج في المقابل عن 250 سجيناً محكوماً بالمؤبد و1,700 محتجز.", IN_FORCE, STEPS),
    ("steps", "6", "Fifteen bodies are returned for each deceased hostage.",
     "يُعاد خمسة عشر جثماناً مقابل كل رهينة متوفى.", IN_FORCE, STEPS),
    ("steps", "7", "Aid enters at least as under the agreement of 19 January 2025.",
     "تدخل المساعدات بما لا يقل عن اتفاق 19 يناير 2025.", IN_FORCE, STEPS),
    ("steps", "8", "The Rafah crossing opens in both directions.",
     "يُفتح معبر رفح في الاتجاهين.", IN_FORCE, STEPS),
    ("steps", "9", "Information is shared through mediators and the ICRC; no public ceremonies.",
     "تُتبادل المعلومات عبر الوسطاء واللجنة الدولية للصليب الأحمر؛ ومن دون مراسم علنية.", IN_FORCE, STEPS),
    ("steps", "10", "A multinational task force oversees the carrying out.",
     "تشرف قوة مهام متعددة الجنسيات على التنفيذ.", IN_FORCE, STEPS),
    ("resolution", "force", "A temporary stabilisation force is authorised, to 31 December 2027.",
     "يُؤذن بقوة استقرار مؤقتة حتى 31 ديسمبر 2027.", RESOLVED, COUNCIL),
    ("resolution", "withdrawal",
     "Forces withdraw by standards, milestones and timeframes linked to demilitarisation, save for a perimeter.",
     "تنسحب القوات وفق معايير ومحطات وأطر زمنية مرتبطة بنزع السلاح، باستثناء محيط أمني.", RESOLVED, COUNCIL),
    ("resolution", "board", "The plan and a Board of Peace are endorsed; reports every six months.",
     "تُعتمد الخطة ومجلس للسلام؛ مع تقارير كل ستة أشهر.", RESOLVED, COUNCIL),
)  # fmt: skip
CLAUSES = tuple(
    row(
        f"{instrument}/{number}",
        at=at,
        cites=cites,
        instrument=instrument,
        number=number,
        position=place,
        text=text,
        text_ar=text_ar,
        is_paraphrase=True,
    )
    for place, (instrument, number, text, text_ar, at, cites) in enumerate(_CLAUSES, start=1)
)

PHASES = (
    row(
        "1",
        at=RELEASED,
        cites=PLAN,
        number=1,
        title="Exchange, halt and first pull-back",
        title_ar="التبادل ووقف العمليات وإعادة الانتشار الأولى",
        planned_start_anchor=Anchor.ENTRY_INTO_FORCE,
    ),
    row(
        "2",
        at=RELEASED,
        cites=PLAN,
        number=2,
        title="Withdrawal, demilitarisation and a stabilisation force",
        title_ar="الانسحاب ونزع السلاح وقوة الاستقرار",
        summary="To bring broader security guarantees and a longer halt to the fighting.",
        summary_ar="يُراد لها أن تأتي بضمانات أمنية أوسع ووقف أطول للقتال.",
    ),
    row(
        "3",
        at=RELEASED,
        cites=PLAN,
        number=3,
        title="Reconstruction and political track",
        title_ar="إعادة الإعمار والمسار السياسي",
    ),
)

PHASE_HISTORY = (
    row(
        "1",
        at=IN_FORCE,
        cites=("brussels-10oct/2", "anews-10oct/2"),
        reason="The ceasefire is in force and the first pull-back is reported.",
        status=PhaseStatus.ACTIVE,
    ),
    row(
        "2",
        at=RESOLVED,
        cites=("un-17nov/1",),
        reason="Resolution 2803 endorses the plan and authorises a force; the start of the phase is awaited.",
        status=PhaseStatus.TRANSITION_PENDING,
    ),
)
