"""The conditions of the Aceh process: arms and withdrawals by stage, and what was to follow."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal

from negotiations.rules.codes import Anchor, Comparator, ConditionCategory, ConditionKind, LinkType, QuantityPer

from ..clock import jakarta
from ..row import Fields, Row, row
from .structure import SIGNED, TEXT, YEAR_END

KIND, CATEGORY = ConditionKind, ConditionCategory
BY_YEAR_END: Fields = {"due_anchor": Anchor.DATE, "due_at": YEAR_END}
TO_INDONESIA: Fields = {"obligors": ("gam",), "beneficiary": "indonesia", "verifier": "amm"}
TO_GAM: Fields = {"obligors": ("indonesia",), "beneficiary": "gam", "verifier": "amm"}
ARMS: Fields = {"unit": "arms", "unit_ar": "قطعة سلاح", "per": QuantityPer.TOTAL}

MAIN = (
    row(
        "amnesty", at=SIGNED, cites=TEXT, phase="1", clause="memorandum/3.1", category=CATEGORY.JUSTICE_AMNESTY,
        specificity=3, due_anchor=Anchor.ENTRY_INTO_FORCE, due_offset=timedelta(days=15, hours=11),
        title="Amnesty granted", title_ar="منح العفو", text="Amnesty is granted within 15 days.",
        text_ar="يُمنح العفو خلال 15 يوماً.", **TO_GAM,
    ),
    row(
        "prisoners", at=SIGNED, cites=TEXT, phase="1", clause="memorandum/3.1", specificity=3,
        category=CATEGORY.DETAINEES_HOSTAGES_REMAINS, unit="people", unit_ar="شخصاً",
        due_anchor=Anchor.ENTRY_INTO_FORCE, due_offset=timedelta(days=15, hours=11),
        title="Release of political prisoners", title_ar="الإفراج عن السجناء السياسيين",
        text="Political prisoners are released within 15 days.",
        text_ar="يُفرج عن السجناء السياسيين خلال 15 يوماً.", **TO_GAM,
    ),
    row(
        "mission", at=SIGNED, cites=TEXT, phase="1", clause="memorandum/5", specificity=3,
        category=CATEGORY.MONITORING_VERIFICATION, due_anchor=Anchor.DATE, due_at=jakarta(2005, 9, 15, 23, 59),
        title="Monitoring mission deployed", title_ar="نشر بعثة الرصد",
        text="A mission of the EU, five ASEAN states, Norway and Switzerland is deployed for six months.",
        text_ar="تُنشر لمدة ستة أشهر بعثة من الاتحاد الأوروبي وخمس من دول آسيان والنرويج وسويسرا.",
    ),
    row(
        "fighters", at=SIGNED, cites=TEXT, phase="2", clause="memorandum/4.2", specificity=3, target=Decimal(3000),
        unit="fighters", unit_ar="مقاتل", comparator=Comparator.AT_LEAST, per=QuantityPer.TOTAL,
        category=CATEGORY.DISARMAMENT_DDR, title="Demobilisation of 3,000 fighters", title_ar="تسريح 3,000 مقاتل",
        text="GAM demobilises 3,000 fighters.",
        text_ar="تسرّح حركة آتشيه الحرة 3,000 مقاتل.", **BY_YEAR_END, **TO_INDONESIA,
    ),
    row(
        "arms", at=SIGNED, cites=TEXT, phase="2", clause="memorandum/4.3", specificity=3, target=Decimal(840),
        comparator=Comparator.AT_LEAST, category=CATEGORY.DISARMAMENT_DDR,
        title="Handing over of 840 arms", title_ar="تسليم 840 قطعة سلاح",
        text="GAM hands over 840 arms in four stages.",
        text_ar="تسلّم حركة آتشيه الحرة 840 قطعة سلاح على أربع دفعات.", **ARMS, **BY_YEAR_END, **TO_INDONESIA,
    ),
    row(
        "military", at=SIGNED, cites=TEXT, phase="2", clause="memorandum/4.7", specificity=3, target=Decimal(14700),
        unit="soldiers staying", unit_ar="جندياً باقياً", comparator=Comparator.AT_MOST, per=QuantityPer.TOTAL,
        category=CATEGORY.WITHDRAWAL_REDEPLOYMENT, title="Withdrawal of non-organic military forces",
        title_ar="انسحاب القوات العسكرية غير المحلية", text="No more than 14,700 soldiers stay.",
        text_ar="لا يبقى أكثر من 14,700 جندي.",
        **BY_YEAR_END, **TO_GAM,
    ),
    row(
        "police", at=SIGNED, cites=TEXT, phase="2", clause="memorandum/4.7", specificity=3, target=Decimal(9100),
        unit="police staying", unit_ar="شرطياً باقياً", comparator=Comparator.AT_MOST, per=QuantityPer.TOTAL,
        category=CATEGORY.WITHDRAWAL_REDEPLOYMENT, title="Withdrawal of non-organic police",
        title_ar="انسحاب الشرطة غير المحلية", text="No more than 9,100 police stay.",
        text_ar="لا يبقى أكثر من 9,100 شرطي.", **BY_YEAR_END, **TO_GAM,
    ),
)  # fmt: skip

# Stages with the last planned day for the arms.
_STAGES = (
    (1, jakarta(2005, 9, 17, 23, 59)),
    (2, jakarta(2005, 10, 16, 23, 59)),
    (3, jakarta(2005, 11, 17, 23, 59)),
    (4, YEAR_END),
)
_ORDINAL = {1: ("first", "الأولى"), 2: ("second", "الثانية"), 3: ("third", "الثالثة"), 4: ("fourth", "الرابعة")}


def _stage(number: int, due_at: datetime) -> Iterator[Row]:
    """The two halves of a stage: arms handed over, and the withdrawal that answers them."""
    name, name_ar = _ORDINAL[number]
    shared: Fields = {"phase": "2", "kind": KIND.RECIPROCAL_TRANCHE, "specificity": 3}
    yield row(
        f"arms {number}", at=SIGNED, cites=TEXT, clause="memorandum/4.3", target=Decimal(210),
        comparator=Comparator.AT_LEAST, category=CATEGORY.DISARMAMENT_DDR, due_anchor=Anchor.DATE, due_at=due_at,
        title=f"Arms, {name} stage", title_ar=f"السلاح، الدفعة {name_ar}",
        text="A quarter of the 840 arms is handed over and accepted by the mission.",
        text_ar="يُسلَّم ربع قطع السلاح الـ840 وتقبله البعثة.", **shared, **ARMS, **TO_INDONESIA,
    )  # fmt: skip
    yield row(
        f"withdrawal {number}", at=SIGNED, cites=TEXT, clause="memorandum/4.5", unit="soldiers and police",
        unit_ar="جندياً وشرطياً", per=QuantityPer.TOTAL, category=CATEGORY.WITHDRAWAL_REDEPLOYMENT,
        title=f"Withdrawal, {name} stage", title_ar=f"الانسحاب، الدفعة {name_ar}",
        text="Forces withdraw once the mission has verified the arms of this stage.",
        text_ar="تنسحب القوات بعد أن تتحقق البعثة من سلاح هذه الدفعة.", **shared, **TO_GAM,
    )  # fmt: skip


STAGES = tuple(half for number, due_at in _STAGES for half in _stage(number, due_at))

LATER = (
    row(
        "law", at=SIGNED, cites=TEXT, phase="3", clause="memorandum/1.1.1", category=CATEGORY.POLITICAL_TRACK,
        specificity=3, due_anchor=Anchor.DATE, due_at=jakarta(2006, 3, 31, 23, 59),
        title="Law on the governing of Aceh", title_ar="قانون حكم آتشيه",
        text="The law is adopted by 31 March 2006.",
        text_ar="يُعتمد القانون بحلول 31 مارس 2006.", **TO_GAM,
    ),
    row(
        "court", at=SIGNED, cites=TEXT, phase="3", clause="memorandum/2.2", category=CATEGORY.JUSTICE_AMNESTY,
        specificity=2, title="Human rights court", title_ar="محكمة حقوق الإنسان",
        text="A human rights court is set up.",
        text_ar="تُنشأ محكمة لحقوق الإنسان.", **TO_GAM,
    ),
    row(
        "truth", at=SIGNED, cites=TEXT, phase="3", clause="memorandum/2.3", category=CATEGORY.JUSTICE_AMNESTY,
        specificity=2, title="Truth and reconciliation commission", title_ar="لجنة الحقيقة والمصالحة",
        text="A truth and reconciliation commission is set up.",
        text_ar="تُنشأ لجنة للحقيقة والمصالحة.", **TO_GAM,
    ),
    row(
        "claims", at=SIGNED, cites=TEXT, phase="3", clause="memorandum/3.2.6", category=CATEGORY.DISPUTE_RESOLUTION,
        specificity=2, title="Joint claims settlement commission", title_ar="اللجنة المشتركة لتسوية المطالبات",
        text="A joint commission settles unmet claims.",
        text_ar="تسوّي لجنة مشتركة المطالبات التي لم تُلبَّ.", **TO_GAM,
    ),
    row(
        "rulings", at=SIGNED, cites=TEXT, phase="2", clause="memorandum/6", kind=KIND.CONTINUOUS,
        category=CATEGORY.DISPUTE_RESOLUTION, specificity=3, obligors=("gam", "indonesia"), verifier="amm",
        title="Disputes settled by ruling, with weekly meetings",
        title_ar="تسوية الخلافات بقرارات ملزمة واجتماعات أسبوعية",
        text="The head of mission rules, then senior representatives, then the chairman of CMI, whose ruling binds.",
        text_ar="يبتّ رئيس البعثة، ثم كبار الممثلين، ثم رئيس مبادرة إدارة الأزمات بقرار ملزم.",
    ),
)  # fmt: skip

CONDITIONS = (*MAIN, *STAGES, *LATER)

LINKS = (
    *(
        row(f"verify {number}", at=SIGNED, cites=TEXT, condition=f"withdrawal {number}", other=f"arms {number}",
            type=LinkType.CONDITIONAL_ON_VERIFICATION_OF, clause="memorandum/4.5")
        for number in (1, 2, 3, 4)
    ),
    *(
        row(f"answer {number}", at=SIGNED, cites=TEXT, condition=f"withdrawal {number}", other=f"arms {number}",
            type=LinkType.RECIPROCAL_TO, clause="memorandum/4.5")
        for number in (1, 2, 3, 4)
    ),
    *(
        row(f"after {number}", at=SIGNED, cites=TEXT, condition=f"arms {number + 1}", other=f"withdrawal {number}",
            type=LinkType.REQUIRES, clause="memorandum/4.5")
        for number in (1, 2, 3)
    ),
)  # fmt: skip
