"""How the statuses of the Gaza conditions moved, entry by entry, as facts became known."""

from __future__ import annotations

from decimal import Decimal

from negotiations.rules.codes import ConditionStatus, VerificationMethod, VerifiedBy, VerifierAccess

from ..clock import cairo
from ..row import Fields, row
from .structure import DECLARED, IN_FORCE, RESOLVED

S, BY, HOW = ConditionStatus, VerifiedBy, VerificationMethod
EXCHANGE = cairo(2025, 10, 13, 11)
ACKNOWLEDGED: Fields = {
    "verified_by": BY.COUNTERPARTY,
    "verified_by_actor": "israel",
    "verification_method": HOW.ON_SITE,
}
BY_ICRC: Fields = {
    "verified_by": BY.THIRD_PARTY,
    "verified_by_actor": "icrc",
    "verification_method": HOW.ON_SITE,
    "verification_access": VerifierAccess.FULL,
}

_FIRST_DAYS = (
    row(
        "halt", at=IN_FORCE, cites=("inn-9oct/2", "brussels-10oct/2"), status=S.REPORTED_MET,
        reason="The ceasefire is reported to be in force; no verifier's finding is published.",
    ),
    row(
        "line", at=IN_FORCE, cites=("anews-10oct/2", "tengele-10oct/3"), status=S.MET, value=Decimal(53),
        verified_by=BY.THIRD_PARTY, verified_by_actor="united-states",
        reason=(
            "The United States envoy said that CENTCOM confirms the withdrawal to the yellow line at noon. "
            "Reports of the share held beyond the line differ: about 53, later 55 or 58 percent."
        ),
    ),
    row(
        "living", at=EXCHANGE, cites=("express-13oct/1", "tass-13oct/1"), status=S.MET, value=Decimal(20),
        reason="All 20 were handed over through the ICRC and received by Israel within the 72 hours.",
        **ACKNOWLEDGED,
    ),
    row(
        "prisoners", at=cairo(2025, 10, 13, 16), cites=("express-13oct/2", "tass-13oct/2", "dunya-13oct/2"),
        status=S.MET, value=Decimal(1968), **BY_ICRC | {"verification_access": VerifierAccess.PARTIAL},
        reason=(
            "Several independent reports give 1,968 released, 250 of them serving life. The ICRC "
            "carried out transfers."
        ),
    ),
    row(
        "remains", at=cairo(2025, 10, 13, 20), cites=("express-13oct/2", "antiwar-13oct/2", "tass-13oct/1"),
        status=S.PARTLY_MET, value=Decimal(4), reason="The first four bodies were returned on the due day.",
    ),
    row(
        "information", at=cairo(2025, 10, 13, 20), cites=("tass-13oct/2", "express-13oct/2"), status=S.PARTLY_MET,
        reason="Handovers run through the ICRC; how fully information is shared is not reported.",
    ),
    row(
        "oversight", at=cairo(2025, 10, 17), cites=("lwj-17oct/2", "wikipedia-cmcc/3"), status=S.MET,
        verified_by=BY.THIRD_PARTY, verified_by_actor="cmcc",
        reason="The coordination center opened at Kiryat Gat; one source dates its formation to 10 October.",
    ),
)  # fmt: skip

_AUTUMN = (
    row(
        "halt", at=cairo(2025, 10, 19, 20), cites=("mint-19oct/2", "ctpublic-19oct/2"), status=S.CONTESTED,
        reason="An attack at Rafah and strikes after it; each side reports what happened differently.",
    ),
    row(
        "aid", at=cairo(2025, 10, 19, 20), cites=("mint-19oct/2",), status=S.IN_PROGRESS,
        reason="Aid had been entering and was stopped after the attack at Rafah.",
    ),
    row(
        "rafah", at=cairo(2025, 10, 19, 20), cites=("ctpublic-19oct/2",), status=S.SUSPENDED,
        suspended_until="Further notice, as announced",
        reason="The crossing is announced to stay closed until further notice.",
    ),
    row(
        "remains", at=cairo(2025, 10, 21), cites=("hubgist-21oct/3",), status=S.PARTLY_MET, value=Decimal(15),
        reason="Reports give 13 to 15 of 28 returned.",
    ),
    row(
        "remains", at=cairo(2025, 11, 13), cites=("devdiscourse-13nov/2",), status=S.PARTLY_MET, value=Decimal(24),
        reason="24 of 28 returned; one more was being identified.",
    ),
    row(
        "bodies", at=cairo(2025, 11, 13), cites=("devdiscourse-13nov/2",), status=S.PARTLY_MET,
        reason="315 bodies returned in tranches by then; what is due for each tranche is not reported in full.",
    ),
    *(
        row(key, at=RESOLVED, cites=("un-17nov/1",), status=S.NOT_STARTED, reason=reason)
        for key, reason in (
            ("isf", "The force is authorised; none is deployed."),
            ("demilitarisation", "Linked to withdrawal by the resolution; no step is reported."),
            ("withdrawal", "Linked to demilitarisation by the resolution; no step beyond the line is reported."),
            ("board", "Endorsed by the resolution; not yet set up."),
        )
    ),
    row(
        "remains", at=cairo(2025, 12, 4), cites=("statecraft-7dec/3", "week-8dec/3"), status=S.PARTLY_MET,
        value=Decimal(27), reason="27 of 28 returned by early December; the day is not given.",
    ),
    row(
        "guarantees", at=cairo(2025, 12, 6), cites=("dw-6dec/3",), status=S.NOT_STARTED,
        reason="Talked about at the Doha Forum as what the second phase is to bring.",
    ),
    row(
        "aid", at=cairo(2025, 12, 10, 20), cites=("ap-10dec/2", "aawsat-11dec/2"), status=S.CONTESTED,
        reason="Four counts of the trucks stand side by side; no verifier has found which holds.",
    ),
)  # fmt: skip

_WINTER = (
    row(
        "committee", at=DECLARED, cites=("menafn-14jan/2", "hurriyet-14jan/2"), status=S.IN_PROGRESS,
        reason="A committee of 15 with Ali Shaath at its head was announced.",
    ),
    row(
        "board", at=cairo(2026, 1, 22), cites=("mb-charter/2",), status=S.IN_PROGRESS,
        known=cairo(2026, 5, 20, 18), reason="The charter was signed at Davos.",
    ),
    row(
        "remains", at=cairo(2026, 1, 26), cites=("ejpress-26jan/1", "arabnews-29jan/1"), status=S.MET,
        value=Decimal(28), reason="The last hostage's remains were recovered; due on 13 October 2025.", **ACKNOWLEDGED,
    ),
    row(
        "bodies", at=cairo(2026, 1, 29), cites=("qldr-30jan/2", "arabnews-29jan/1"), status=S.MET,
        reason="The last 15 bodies were handed over through the ICRC.", **BY_ICRC,
    ),
    row(
        "rafah", at=cairo(2026, 1, 30), cites=("qldr-30jan/2",), status=S.IN_PROGRESS,
        reason="Announced to reopen on Sunday for people, both ways, vetted, with the EU border mission.",
    ),
)  # fmt: skip

STATUSES = (*_FIRST_DAYS, *_AUTUMN, *_WINTER)

# (condition, when, where somebody looked)
CHECKS = (
    ("halt", cairo(2025, 12, 6, 19), "Reporting from the Doha Forum"),
    ("remains", cairo(2025, 12, 7, 10), "News agencies"),
    ("withdrawal", cairo(2025, 12, 7, 10), "Reporting from the Doha Forum"),
    ("bodies", cairo(2025, 12, 5, 10), "News agencies"),
    ("rafah", cairo(2025, 12, 6, 21), "Reporting from the Doha Forum"),
    ("information", cairo(2025, 11, 14, 10), "News agencies"),
    ("aid", cairo(2025, 12, 2, 10), "News agencies"),
    ("isf", cairo(2025, 12, 6, 21), "Reporting from the Doha Forum"),
    ("demilitarisation", cairo(2025, 12, 6, 21), "Reporting from the Doha Forum"),
    ("guarantees", cairo(2025, 12, 7, 10), "Reporting from the Doha Forum"),
    ("halt", cairo(2026, 1, 30, 10), "News agencies"),
    ("withdrawal", cairo(2026, 1, 26, 10), "News agencies"),
    ("aid", cairo(2026, 1, 15, 10), "News agencies"),
    ("information", cairo(2026, 1, 29, 21), "ICRC statement as reported"),
    ("isf", cairo(2026, 1, 26, 10), "News agencies"),
    ("demilitarisation", cairo(2026, 1, 26, 10), "News agencies"),
    ("guarantees", cairo(2026, 1, 26, 10), "News agencies"),
    ("rafah", cairo(2026, 1, 31, 10), "News agencies"),
)
