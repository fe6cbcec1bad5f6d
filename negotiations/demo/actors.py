"""Actors of all three negotiations, in the registry they share."""

from __future__ import annotations

from negotiations.models import Actor, User
from negotiations.rules.codes import ActorKind
from negotiations.services.act import Act
from negotiations.services.actor import register_actor

from .cast import REGISTERED_AT

STATE, AUTHORITY, GROUP = ActorKind.STATE, ActorKind.AUTHORITY, ActorKind.ARMED_GROUP
INTERNATIONAL, MISSION = ActorKind.INTERNATIONAL_ORGANISATION, ActorKind.MONITORING_MISSION

# Kind, name, name in Arabic, short mark and country by key.
ACTORS = {
    "israel": (STATE, "Israel", "إسرائيل", "I", "ISR"),
    "hamas": (GROUP, "Hamas", "حماس", "H", ""),
    "palestinian-authority": (AUTHORITY, "Palestinian Authority", "السلطة الفلسطينية", "PA", ""),
    "egypt": (STATE, "Egypt", "مصر", "E", "EGY"),
    "qatar": (STATE, "Qatar", "قطر", "Q", "QAT"),
    "turkiye": (STATE, "Türkiye", "تركيا", "T", "TUR"),
    "united-states": (STATE, "United States", "الولايات المتحدة", "US", "USA"),
    "icrc": (
        ActorKind.HUMANITARIAN_ORGANISATION,
        "International Committee of the Red Cross",
        "اللجنة الدولية للصليب الأحمر",
        "ICRC",
        "",
    ),
    "cmcc": (MISSION, "Civil-Military Coordination Center", "مركز التنسيق المدني العسكري", "CMCC", ""),
    "cogat": (AUTHORITY, "COGAT", "منسق أعمال الحكومة الإسرائيلية في المناطق", "COGAT", "ISR"),
    "un": (INTERNATIONAL, "United Nations", "الأمم المتحدة", "UN", ""),
    "security-council": (INTERNATIONAL, "UN Security Council", "مجلس الأمن التابع للأمم المتحدة", "SC", ""),
    "gaza-media-office": (AUTHORITY, "Gaza Government Media Office", "المكتب الإعلامي الحكومي في غزة", "GMO", ""),
    "board-of-peace": (AUTHORITY, "Board of Peace", "مجلس السلام", "BoP", ""),
    "ncag": (
        AUTHORITY,
        "National Committee for the Administration of Gaza",
        "اللجنة الوطنية لإدارة غزة",
        "NCAG",
        "",
    ),
    "isf": (MISSION, "International Stabilization Force", "قوة الاستقرار الدولية", "ISF", ""),
    "eubam": (MISSION, "EUBAM Rafah", "بعثة الاتحاد الأوروبي للمساعدة الحدودية في رفح", "EUBAM", ""),
    "indonesia": (STATE, "Government of Indonesia", "حكومة إندونيسيا", "GoI", "IDN"),
    "gam": (GROUP, "Free Aceh Movement", "حركة آتشيه الحرة", "GAM", ""),
    "cmi": (INTERNATIONAL, "Crisis Management Initiative", "مبادرة إدارة الأزمات", "CMI", ""),
    "amm": (MISSION, "Aceh Monitoring Mission", "بعثة الرصد في آتشيه", "AMM", ""),
}
ALIASES = {
    "gaza-media-office": ["Gaza media office", "Gaza government"],
    "gam": ["GAM", "Gerakan Aceh Merdeka"],
    "cogat": ["Coordination of Government Activities in the Territories"],
}


def register_actors(lead: User) -> dict[str, Actor]:
    """Register everybody who acts or speaks in the demonstration."""
    act = Act(
        actor=lead,
        no_source_reason="The registry of actors; what they do is cited where it is told.",
        effective_at=REGISTERED_AT,
        recorded_at=REGISTERED_AT,
    )
    return {
        key: register_actor(
            act=act,
            kind=kind,
            name=name,
            name_ar=name_ar,
            short=short,
            country_code=country,
            aliases=ALIASES.get(key, []),
        )
        for key, (kind, name, name_ar, short, country) in ACTORS.items()
    }
