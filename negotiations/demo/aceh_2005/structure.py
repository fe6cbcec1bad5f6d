"""The frame of the Aceh process: its seats, texts and phases."""

from __future__ import annotations

from datetime import UTC, datetime

from negotiations.rules.codes import Anchor, InstrumentKind, PhaseStatus, ThirdPartyRole

from ..clock import jakarta
from ..row import row

ROLE, KIND = ThirdPartyRole, InstrumentKind
SIGNED = jakarta(2005, 8, 15)
DEPLOYED = jakarta(2005, 9, 15)
YEAR_END = jakarta(2005, 12, 31, 23, 59)
LAST_POLICE = jakarta(2006, 1, 5)
ENDED = jakarta(2006, 12, 15)
COVERED_TO = jakarta(2006, 12, 15, 23, 59)
# The Matrix codes the years 2005 to 2014; nobody could know its codes before they were all there.
CODED = datetime(2015, 1, 1, tzinfo=UTC)
TEXT = ("accord/2", "pax/2")

NEGOTIATION = {
    "slug": "aceh-2005",
    "title": "Aceh: the Helsinki memorandum of 2005",
    "title_ar": "آتشيه: مذكرة هلسنكي لعام 2005",
    "summary": (
        "Withdrawal against disarmament in four small stages, each verified before the next, with a ruling authority "
        "for what was in dispute. The text has no numbered phases; they follow the calendar here."
    ),
    "summary_ar": (
        "انسحاب مقابل نزع السلاح على أربع دفعات صغيرة يُتحقق من كل منها قبل التالية، مع جهة تبت في الخلافات. لا يرقّم "
        "النص مراحل، وهي مرتبة هنا بحسب التقويم."
    ),
    "status": "active",
    "talks_format": "direct",
    "ceasefire_class": "definitive",
    "sides": "bilateral",
    "coverage_area": "general",
    "time_zone": "Asia/Jakarta",
    "entry_into_force_at": SIGNED,
    "coverage_start": SIGNED,
    "coverage_end": COVERED_TO,
    "pax_agreement_ids": ["450"],
    "ucdp_conflict_id": "366",
}

PARTIES = (
    row("gam", at=SIGNED, cites=TEXT, actor="gam"),
    row("indonesia", at=SIGNED, cites=TEXT, actor="indonesia"),
)
THIRD_PARTIES = (
    row("cmi", at=SIGNED, cites=TEXT, actor="cmi", role=ROLE.MEDIATOR, represented_by="Martti Ahtisaari, chairman"),
    row("amm", at=DEPLOYED, cites=TEXT, actor="amm", role=ROLE.MONITOR, represented_by="Pieter Feith, head of mission"),
)

INSTRUMENTS = (
    row(
        "cessation",
        at=SIGNED,
        cites=("pax/2",),
        kind=KIND.AGREEMENT,
        title="Cessation of hostilities framework agreement (it failed in 2003)",
        title_ar="الاتفاق الإطاري لوقف الأعمال العدائية (أخفق عام 2003)",
        dated_on=jakarta(2002, 12, 9).date(),
    ),
    row(
        "memorandum",
        at=SIGNED,
        cites=TEXT,
        kind=KIND.AGREEMENT,
        title="Memorandum of understanding, Helsinki",
        title_ar="مذكرة التفاهم، هلسنكي",
        dated_on=SIGNED.date(),
        in_force_from=SIGNED,
        signatories=("gam", "indonesia"),
        pax_agreement_id="450",
        url="https://pax.peaceagreements.org/agreements/450",
    ),
)

# Article numbers with what they say, in both languages.
_CLAUSES = (
    ("1.1.1", "A law on the governing of Aceh is adopted by 31 March 2006.",
     "يُعتمد قانون لحكم آتشيه بحلول 31 مارس 2006."),
    ("2.2", "A human rights court is set up.",
     "تُنشأ محكمة لحقوق الإنسان."),
    ("2.3", "A truth and reconciliation commission is set up.",
     "تُنشأ لجنة للحقيقة والمصالحة."),
    ("3.1", "Amnesty is granted and political prisoners are released within 15 days.",
     "يُمنح العفو ويُفرج عن السجناء السياسيين خلال 15 يوماً."),
    ("3.2.6", "A joint commission settles unmet claims.",
     "تسوّي لجنة مشتركة المطالبات التي لم تُلبَّ."),
    ("4.2", "GAM demobilises 3,000 fighters.",
     "تسرّح حركة آتشيه الحرة 3,000 مقاتل."),
    ("4.3", "GAM hands over 840 arms in four stages from 15 September to 31 December 2005.",
     "تسلّم حركة آتشيه الحرة 840 قطعة سلاح على أربع دفعات من 15 سبتمبر إلى 31 ديسمبر 2005."),
    ("4.5", "Non-organic forces withdraw in four stages, each after the verification of the arms of its stage.",
     "تنسحب القوات غير المحلية على أربع دفعات، كل منها بعد التحقق من سلاح دفعتها."),
    ("4.7", "Up to 14,700 military and 9,100 police may stay.",
     "يجوز أن يبقى حتى 14,700 عسكري و9,100 شرطي."),
    ("5", "A monitoring mission is deployed.",
     "تُنشر بعثة رصد."),
    ("6", "Disputes: the head of mission rules, then senior representatives, then the chairman of CMI, binding.",
     "الخلافات: يبتّ رئيس البعثة، ثم كبار الممثلين، ثم رئيس مبادرة إدارة الأزمات بقرار ملزم."),
)  # fmt: skip
CLAUSES = tuple(
    row(
        f"memorandum/{number}",
        at=SIGNED,
        cites=("accord/2", "numbering/6"),
        instrument="memorandum",
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
        "1",
        at=SIGNED,
        cites=TEXT,
        number=1,
        title="Amnesty and the first month",
        title_ar="العفو والشهر الأول",
        planned_start_anchor=Anchor.ENTRY_INTO_FORCE,
        planned_end_anchor=Anchor.DATE,
        planned_end_at=DEPLOYED,
    ),
    row(
        "2",
        at=SIGNED,
        cites=TEXT,
        number=2,
        title="Arms and withdrawal in four stages",
        title_ar="السلاح والانسحاب على أربع دفعات",
        planned_start_anchor=Anchor.DATE,
        planned_start_at=DEPLOYED,
        planned_end_anchor=Anchor.DATE,
        planned_end_at=YEAR_END,
    ),
    row(
        "3",
        at=SIGNED,
        cites=TEXT,
        number=3,
        title="Law on governing, justice and the end of the mission",
        title_ar="قانون الحكم والعدالة ونهاية البعثة",
    ),
)
P = PhaseStatus
PHASE_HISTORY = (
    row("1", at=SIGNED, cites=TEXT, status=P.ACTIVE, reason="The memorandum is signed."),
    row("1", at=DEPLOYED, cites=TEXT, status=P.COMPLETED, reason="The amnesty is granted; the mission is deployed."),
    row("2", at=DEPLOYED, cites=TEXT, status=P.ACTIVE, reason="The first arms are handed over."),
    row(
        "2",
        at=LAST_POLICE,
        cites=("bbc-5jan/2",),
        status=P.COMPLETED,
        reason="The last police units that were to leave have left.",
    ),
    row("3", at=LAST_POLICE, cites=("bbc-5jan/2", "accord/2"), status=P.ACTIVE, reason="Law and justice remain."),
    row(
        "3",
        at=ENDED,
        cites=("accord/2", "accord-copy/2"),
        status=P.EXPIRED,
        reason="The monitoring mission ended; the law is adopted, and three obligations are open.",
    ),
)  # fmt: skip
