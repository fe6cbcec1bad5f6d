"""Where actors stand on the Gaza disputes, as dated public statements."""

from __future__ import annotations

from datetime import datetime

from negotiations.rules.codes import Stance

from ..clock import cairo
from ..row import Row, row

REJECTS, ACCEPTS = Stance.REJECTS, Stance.ACCEPTS
IF, UNDECIDED = Stance.ACCEPTS_WITH_CONDITIONS, Stance.UNDECIDED
FORUM, DAY_AFTER = cairo(2025, 12, 6), cairo(2025, 12, 7)
DW, WEEK = ("dw-6dec/2",), ("statecraft-7dec/2", "week-8dec/3")
QUOTED_BY_QATAR = "what we have done is a pause"
QUOTED_BY_CHIEF = "a new border line"

# A dispute, who, when, the sources, the stance, a summary in both languages, the speaker and a quote.
Stated = tuple[str, str, datetime, tuple[str, ...], Stance, str, str, str, str]
_STATED: tuple[Stated, ...] = (
    ("security", "israel", FORUM, DW, IF, "Disarmament comes first; forces will not leave the line before.",
     "نزع السلاح أولاً ولن تغادر القوات الخط قبل ذلك.", "", ""),
    ("security", "hamas", FORUM, ("rhc-6dec/2", "dw-6dec/2"), IF,
     "Freeze or store weapons, and hand them to a Palestinian authority if the occupation ends.",
     "تجميد السلاح أو تخزينه وتسليمه إلى سلطة فلسطينية إذا انتهى الاحتلال.", "Khalil al-Hayya, negotiator", ""),
    ("security", "egypt", FORUM, ("i24-6dec/2", "dw-6dec/2"), IF,
     "A force on the yellow line that keeps the peace and does not enforce it.",
     "قوة على الخط الأصفر تحفظ السلام ولا تفرضه.", "Badr Abdelatty, foreign minister", ""),
    ("security", "turkiye", FORUM, DW, IF, "The force separates the sides first; the rest follows.",
     "تفصل القوة بين الجانبين أولاً ثم يأتي الباقي.", "Fidan, foreign minister", ""),
    ("sequencing", "qatar", FORUM, ("capital-6dec/2", "dw-6dec/2"), IF,
     "The ceasefire cannot be completed without full withdrawal; the talks are at a sensitive crossroads.",
     "لا يكتمل وقف إطلاق النار من دون انسحاب كامل، والمحادثات عند مفترق حساس.",
     "Mohammed bin Abdulrahman Al Thani, prime minister", QUOTED_BY_QATAR),
    ("sequencing", "israel", DAY_AFTER, WEEK, IF, "The second phase is near; disarmament comes before withdrawal.",
     "المرحلة الثانية قريبة ونزع السلاح يسبق الانسحاب.", "Netanyahu, prime minister", ""),
    ("sequencing", "hamas", FORUM, ("rhc-6dec/2",), IF, "Weapons go to a Palestinian authority if the occupation ends.",
     "يُسلَّم السلاح إلى سلطة فلسطينية إذا انتهى الاحتلال.", "Khalil al-Hayya, negotiator", ""),
    ("sequencing", "hamas", cairo(2026, 1, 14), ("menafn-14jan/3", "hurriyet-14jan/3"), UNDECIDED,
     "Has not agreed to disarm as the second phase is declared.",
     "لم توافق على نزع السلاح عند إعلان المرحلة الثانية.", "", ""),
    ("border", "israel", FORUM, ("i24-6dec/3", "dw-6dec/3"), IF, "Exit only until the last body is returned.",
     "للخروج فقط إلى حين إعادة آخر جثمان.", "", ""),
    ("border", "egypt", FORUM, ("i24-6dec/2", "dw-6dec/2"), ACCEPTS,
     "In both directions and without displacement; rejects a one-way opening.",
     "في الاتجاهين ومن دون تهجير، وترفض الفتح باتجاه واحد.", "Badr Abdelatty, foreign minister", ""),
    ("border", "israel", cairo(2026, 1, 30), ("qldr-30jan/2",), IF, "People may pass in both directions, vetted.",
     "يُسمح بمرور الأشخاص في الاتجاهين بعد التدقيق.", "", ""),
    ("remains", "israel", cairo(2025, 10, 28), ("trent-28oct/3",), REJECTS,
     "Says that Hamas delays, misidentified remains and staged a recovery.",
     "تقول إن حماس تؤخر الإعادة وأخطأت في تحديد رفات وافتعلت عملية انتشال.", "", ""),
    ("remains", "hamas", cairo(2025, 10, 28), ("trent-28oct/3",), REJECTS,
     "Says that access to Israeli-held areas is denied and machinery is needed.",
     "تقول إن الوصول إلى مناطق تسيطر عليها إسرائيل ممنوع وإن المعدات لازمة.", "", ""),
    ("line", "israel", DAY_AFTER, WEEK, Stance.UNKNOWN, "The military's chief describes the line as a border line.",
     "وصف رئيس الأركان الخط بأنه خط حدود.", "Chief of the general staff", QUOTED_BY_CHIEF),
    ("line", "egypt", FORUM, DW, REJECTS, "The line is interim.", "الخط مؤقت.", "", ""),
    ("line", "qatar", FORUM, DW, REJECTS, "The line is interim.", "الخط مؤقت.", "", ""),
    ("composition", "turkiye", FORUM, DW, ACCEPTS, "Is willing to send troops.", "مستعدة لإرسال قوات.",
     "Fidan, foreign minister", ""),
    ("composition", "israel", FORUM, DW, REJECTS, "Objects to Turkish troops.", "تعترض على مشاركة قوات تركية.", "", ""),
    ("violations", "israel", cairo(2025, 10, 19, 20), ("mint-19oct/3",), REJECTS, "Attributes violations to Hamas.",
     "تنسب الخروقات إلى حماس.", "", ""),
    ("violations", "hamas", cairo(2025, 10, 19, 20), ("mint-19oct/3",), REJECTS, "Attributes violations to Israel.",
     "تنسب الخروقات إلى إسرائيل.", "", ""),
    ("aid count", "israel", cairo(2025, 12, 10, 20), ("ap-10dec/2", "aawsat-11dec/2"), REJECTS,
     "COGAT says that the trucks are above 600 a day.", "تقول كوغات إن الشاحنات تتجاوز 600 يومياً.", "COGAT", ""),
    ("aid count", "hamas", cairo(2025, 12, 10, 20), ("ap-10dec/2", "aawsat-11dec/2"), REJECTS,
     "A document counts 7,333 trucks since the ceasefire began.",
     "تحصي وثيقة 7,333 شاحنة منذ بدء وقف إطلاق النار.", "", ""),
)  # fmt: skip


def _position(number: int, stated: Stated) -> Row:
    dispute, actor, at, cites, stance, summary, summary_ar, speaker, quote = stated
    return row(
        f"{dispute} {actor} {number}",
        at=at,
        cites=cites,
        dispute=dispute,
        actor=actor,
        stance=stance,
        summary=summary,
        summary_ar=summary_ar,
        speaker=speaker,
        quote=quote,
        quote_language="en" if quote else "",
    )


POSITIONS = tuple(_position(number, stated) for number, stated in enumerate(_STATED, start=1))
