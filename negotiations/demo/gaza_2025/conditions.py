"""The conditions of the Gaza process: ten of the first phase, and what the second and third are to bring."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from negotiations.rules.codes import (
    AgreementState,
    Anchor,
    Comparator,
    ConditionCategory,
    ConditionKind,
    QuantityPer,
)

from ..clock import cairo
from ..row import row
from .structure import IN_FORCE, PLAN, RESOLVED, STEPS

KIND, CATEGORY, READING = ConditionKind, ConditionCategory, AgreementState
THREE_DAYS = timedelta(hours=72)
WEEK, FORTNIGHT, MONTH = timedelta(days=7), timedelta(days=14), timedelta(days=30)
RESOLUTION = ("un-17nov/1",)

FIRST_PHASE = (
    row(
        "halt", at=IN_FORCE, cites=STEPS, phase="1", clause="steps/1", kind=KIND.CONTINUOUS,
        category=CATEGORY.CEASEFIRE_REGIME, specificity=3, obligors=("hamas", "israel"), verifier="cmcc-monitor",
        review_interval=WEEK, owner="analyst",
        title="Halt of military operations, from the air and by artillery included",
        title_ar="وقف العمليات العسكرية، بما فيها الجوية والمدفعية",
        text="Both sides halt military operations, from the air and by artillery included.",
        text_ar="يوقف الجانبان العمليات العسكرية، بما فيها الجوية والمدفعية.",
    ),
    row(
        "line", at=IN_FORCE, cites=STEPS, phase="1", clause="steps/2",
        category=CATEGORY.WITHDRAWAL_REDEPLOYMENT, specificity=3, obligors=("israel",), beneficiary="hamas",
        unit="% of the territory held", unit_ar="في المئة من الأراضي الواقعة تحت السيطرة",
        due_anchor=Anchor.DATE, due_at=cairo(2025, 10, 10, 23, 59), corresponds_to="areas",
        title="Israeli forces withdraw to the agreed line",
        title_ar="انسحاب القوات الإسرائيلية إلى الخط المتفق عليه",
        text="Withdrawal to the agreed (yellow) line within 24 hours of approval by the Israeli government.",
        text_ar="الانسحاب إلى الخط المتفق عليه (الأصفر) خلال 24 ساعة من موافقة الحكومة الإسرائيلية.",
    ),
    row(
        "living", at=IN_FORCE, cites=STEPS, phase="1", clause="steps/3",
        category=CATEGORY.DETAINEES_HOSTAGES_REMAINS, specificity=3, obligors=("hamas",), beneficiary="israel",
        verifier="icrc-humanitarian_intermediary", target=Decimal(20), unit="people", unit_ar="شخصاً",
        comparator=Comparator.EXACTLY, per=QuantityPer.TOTAL,
        due_anchor=Anchor.ENTRY_INTO_FORCE, due_offset=THREE_DAYS, corresponds_to="hostages",
        title="Release of 20 living hostages", title_ar="الإفراج عن 20 رهينة على قيد الحياة",
        text="All living hostages are released within 72 hours.",
        text_ar="يُفرج عن جميع الرهائن الأحياء خلال 72 ساعة.",
    ),
    row(
        "remains", at=IN_FORCE, cites=STEPS, phase="1", clause="steps/4",
        category=CATEGORY.DETAINEES_HOSTAGES_REMAINS, specificity=3, obligors=("hamas",), beneficiary="israel",
        verifier="icrc-humanitarian_intermediary", target=Decimal(28), unit="people", unit_ar="شخصاً",
        comparator=Comparator.EXACTLY, per=QuantityPer.TOTAL, review_interval=WEEK, owner="analyst",
        due_anchor=Anchor.ENTRY_INTO_FORCE, due_offset=THREE_DAYS, corresponds_to="hostages",
        title="Return of the remains of 28 deceased hostages", title_ar="إعادة رفات 28 من الرهائن المتوفين",
        text="The remains of all deceased hostages are returned within 72 hours.",
        text_ar="يُعاد رفات جميع الرهائن المتوفين خلال 72 ساعة.",
    ),
    row(
        "prisoners", at=IN_FORCE, cites=STEPS, phase="1", clause="steps/5",
        category=CATEGORY.DETAINEES_HOSTAGES_REMAINS, specificity=3, obligors=("israel",), beneficiary="hamas",
        verifier="icrc-humanitarian_intermediary", target=Decimal(1950), unit="people", unit_ar="شخصاً",
        comparator=Comparator.AT_LEAST, per=QuantityPer.TOTAL, corresponds_to="prisoners",
        title="Release of 250 prisoners serving life and 1,700 detainees",
        title_ar="الإفراج عن 250 سجيناً محكوماً بالمؤبد و1,700 محتجز",
        text="Upon the release of the living hostages, 250 prisoners serving life and 1,700 detainees are released.",
        text_ar="عند الإفراج عن الرهائن الأحياء يُفرج عن 250 سجيناً محكوماً بالمؤبد و1,700 محتجز.",
    ),
    row(
        "bodies", at=IN_FORCE, cites=STEPS, phase="1", clause="steps/6", kind=KIND.RECIPROCAL_TRANCHE,
        category=CATEGORY.DETAINEES_HOSTAGES_REMAINS, specificity=3, obligors=("israel",), beneficiary="hamas",
        verifier="icrc-humanitarian_intermediary", target=Decimal(15), unit="bodies", unit_ar="جثماناً",
        comparator=Comparator.EXACTLY, per=QuantityPer.RATIO, ratio_to="remains", review_interval=FORTNIGHT,
        title="Return of 15 bodies for each deceased hostage", title_ar="إعادة 15 جثماناً مقابل كل رهينة متوفى",
        text="For each deceased hostage returned, the bodies of 15 Palestinians are returned.",
        text_ar="مقابل كل رهينة متوفى يُعاد رفاته تُعاد جثامين 15 فلسطينياً.",
    ),
    row(
        "aid", at=IN_FORCE, cites=STEPS, phase="1", clause="steps/7", kind=KIND.CONTINUOUS,
        category=CATEGORY.HUMANITARIAN_RECONSTRUCTION, specificity=2, obligors=("israel",),
        target=Decimal(600), unit="trucks", unit_ar="شاحنة", comparator=Comparator.AT_LEAST, per=QuantityPer.DAY,
        review_interval=WEEK, owner="analyst", corresponds_to="aid",
        title="Aid at least as under the agreement of 19 January 2025",
        title_ar="إدخال المساعدات بما لا يقل عن اتفاق 19 يناير 2025",
        text="Aid enters at least as under the agreement of 19 January 2025: 600 trucks a day.",
        text_ar="تدخل المساعدات بما لا يقل عن اتفاق 19 يناير 2025: 600 شاحنة يومياً.",
    ),
    row(
        "rafah", at=IN_FORCE, cites=STEPS, phase="1", clause="steps/8", kind=KIND.CONTINUOUS,
        category=CATEGORY.BORDER_CROSSINGS_MOVEMENT, specificity=2, obligors=("israel",), review_interval=FORTNIGHT,
        agreement_state=READING.CONTESTED_INTERPRETATION, corresponds_to="rafah",
        title="Rafah crossing open in both directions", title_ar="فتح معبر رفح في الاتجاهين",
        text="The Rafah crossing opens in both directions, with Egypt and an EU border mission.",
        text_ar="يُفتح معبر رفح في الاتجاهين بمشاركة مصر وبعثة حدود أوروبية.",
    ),
    row(
        "information", at=IN_FORCE, cites=STEPS, phase="1", clause="steps/9", kind=KIND.CONTINUOUS,
        category=CATEGORY.MONITORING_VERIFICATION, specificity=2, obligors=("hamas", "israel"),
        verifier="icrc-humanitarian_intermediary", review_interval=MONTH,
        title="Information shared through mediators and the ICRC; no public ceremonies",
        title_ar="تبادل المعلومات عبر الوسطاء والصليب الأحمر ومن دون مراسم علنية",
        text="A mechanism shares information through the mediators and the ICRC; there are no public ceremonies.",
        text_ar="تُتبادل المعلومات عبر الوسطاء والصليب الأحمر، ومن دون مراسم علنية.",
    ),
    row(
        "oversight", at=IN_FORCE, cites=STEPS, phase="1", clause="steps/10",
        category=CATEGORY.MONITORING_VERIFICATION, specificity=2,
        title="A multinational task force oversees the carrying out",
        title_ar="إشراف قوة مهام متعددة الجنسيات على التنفيذ",
        text="The guarantors set up a multinational task force that oversees the carrying out.",
        text_ar="ينشئ الضامنون قوة مهام متعددة الجنسيات تشرف على التنفيذ.",
    ),
)  # fmt: skip

SECOND_PHASE = (
    row(
        "isf", at=RESOLVED, cites=RESOLUTION, phase="2", clause="resolution/force",
        category=CATEGORY.SECURITY_GUARANTEES, specificity=1, agreement_state=READING.CONTESTED_INTERPRETATION,
        review_interval=FORTNIGHT,
        title="International stabilisation force deployed", title_ar="نشر قوة الاستقرار الدولية",
        text="A temporary stabilisation force is deployed. Its mandate, composition and rules are in dispute.",
        text_ar="تُنشر قوة استقرار مؤقتة. ولايتها وتشكيلها وقواعدها موضع خلاف.",
    ),
    row(
        "demilitarisation", at=RESOLVED, cites=RESOLUTION, phase="2", clause="resolution/withdrawal",
        category=CATEGORY.DISARMAMENT_DDR, specificity=1, obligors=("hamas",), beneficiary="israel",
        verifier="cmcc-monitor", agreement_state=READING.CONTESTED_INTERPRETATION, review_interval=FORTNIGHT,
        title="Demilitarisation and verified decommissioning", title_ar="نزع السلاح وإخراجه من الخدمة مع التحقق",
        text="Weapons are decommissioned and this is verified. Standards and milestones are not defined.",
        text_ar="يُخرج السلاح من الخدمة ويُتحقق من ذلك. المعايير والمراحل غير محددة.",
    ),
    row(
        "withdrawal", at=RESOLVED, cites=RESOLUTION, phase="2", clause="resolution/withdrawal",
        category=CATEGORY.WITHDRAWAL_REDEPLOYMENT, specificity=1, obligors=("israel",), beneficiary="hamas",
        verifier="cmcc-monitor", agreement_state=READING.CONTESTED_INTERPRETATION, review_interval=WEEK, owner="lead",
        corresponds_to="philadelphi",
        title="Staged withdrawal of Israeli forces", title_ar="انسحاب القوات الإسرائيلية على مراحل",
        text=(
            "Israeli forces withdraw in stages, by standards, milestones and timeframes linked to demilitarisation, "
            "save for a security perimeter. The mediators name it as the key condition of the second phase."
        ),
        text_ar=(
            "تنسحب القوات الإسرائيلية على مراحل وفق معايير ومواعيد مرتبطة بنزع "
            "السلاح، باستثناء محيط أمني. ويعدّه الوسطاء الشرط الرئيسي للمرحلة الثانية."
        ),
    ),
    row(
        "guarantees", at=RESOLVED, cites=(*RESOLUTION, "dw-6dec/3"), phase="2", kind=KIND.CONTINUOUS,
        known=cairo(2025, 12, 6, 18), category=CATEGORY.SECURITY_GUARANTEES, specificity=1,
        obligors=("hamas", "israel"), agreement_state=READING.PROPOSED, review_interval=FORTNIGHT,
        title="Broader security guarantees and a longer halt to the fighting",
        title_ar="ضمانات أمنية أوسع ووقف أطول للقتال",
        text="The second phase is to bring broader security guarantees and a longer halt to the fighting.",
        text_ar="يُراد للمرحلة الثانية أن تأتي بضمانات أمنية أوسع ووقف أطول للقتال.",
    ),
    row(
        "committee", at=RESOLVED, cites=PLAN, phase="2", category=CATEGORY.INTERIM_GOVERNANCE, specificity=2,
        title="Technocratic committee in office (NCAG)", title_ar="تولي اللجنة التكنوقراطية مهامها",
        text="A technocratic committee takes over the administration of Gaza.",
        text_ar="تتولى لجنة تكنوقراطية إدارة غزة.",
    ),
    row(
        "board", at=RESOLVED, cites=RESOLUTION, phase="2", clause="resolution/board",
        category=CATEGORY.INTERIM_GOVERNANCE, specificity=2,
        title="Board of Peace set up", title_ar="إنشاء مجلس السلام",
        text="A Board of Peace is set up and reports to the Security Council every six months.",
        text_ar="يُنشأ مجلس للسلام يقدم تقريراً إلى مجلس الأمن كل ستة أشهر.",
    ),
    row(
        "crossing", at=RESOLVED, cites=PLAN, phase="2", kind=KIND.CONTINUOUS, obligors=("israel",),
        category=CATEGORY.BORDER_CROSSINGS_MOVEMENT, specificity=1,
        title="Rafah crossing in normal operation", title_ar="عمل معبر رفح بصورة اعتيادية",
        text="The Rafah crossing works normally.",
        text_ar="يعمل معبر رفح بصورة اعتيادية.",
    ),
)  # fmt: skip

THIRD_PHASE = (
    row(
        "reconstruction", at=RESOLVED, cites=PLAN, phase="3",
        category=CATEGORY.HUMANITARIAN_RECONSTRUCTION, specificity=1,
        title="Reconstruction of Gaza", title_ar="إعادة إعمار غزة", text="Gaza is reconstructed.",
        text_ar="يُعاد إعمار غزة.",
    ),
    row(
        "deradicalisation", at=RESOLVED, cites=PLAN, phase="3", category=CATEGORY.POLITICAL_TRACK, specificity=1,
        title="Deradicalisation", title_ar="مكافحة التطرف", text="Gaza becomes a deradicalised zone.",
        text_ar="تصبح غزة منطقة خالية من التطرف.",
    ),
    row(
        "reform", at=RESOLVED, cites=PLAN, phase="3", category=CATEGORY.POLITICAL_TRACK, specificity=1,
        obligors=("palestinian-authority",),
        title="Reform of the Palestinian Authority", title_ar="إصلاح السلطة الفلسطينية",
        text="The Palestinian Authority carries out its reform.",
        text_ar="تنفذ السلطة الفلسطينية إصلاحاتها.",
    ),
)  # fmt: skip

CONDITIONS = (*FIRST_PHASE, *SECOND_PHASE, *THIRD_PHASE)
