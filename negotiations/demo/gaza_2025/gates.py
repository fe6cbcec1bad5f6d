"""What holds what: the gates of the text and those that actors assert, and the links between conditions."""

from __future__ import annotations

from decimal import Decimal

from negotiations.rules.codes import GateAuthority, LinkType

from ..clock import cairo
from ..row import row
from .structure import IN_FORCE, RESOLVED, STEPS

BY_ACTORS = GateAuthority.ACTORS
FORUM = cairo(2025, 12, 6)
_BY_TEXT = {"line": "2", "living": "3", "remains": "4", "prisoners": "5", "bodies": "6", "oversight": "10"}
_ISRAEL = ("living", "remains", "prisoners", "bodies")

GATES = (
    *(
        row(f"text {key}", at=IN_FORCE, cites=STEPS, phase="2", condition=key, clause=f"steps/{number}")
        for key, number in _BY_TEXT.items()
    ),
    *(
        row(
            f"israel {key}",
            at=FORUM,
            cites=("statecraft-7dec/3", "week-8dec/3"),
            phase="2",
            condition=key,
            authority=BY_ACTORS,
            asserted_by=("israel",),
        )
        for key in _ISRAEL
    ),
    row(
        "mediators withdrawal",
        at=FORUM,
        cites=("dw-6dec/2", "capital-6dec/2"),
        phase="2",
        condition="withdrawal",
        authority=BY_ACTORS,
        asserted_by=("egypt", "qatar"),
    ),
    row(
        "mediators isf",
        at=FORUM,
        cites=("dw-6dec/2", "i24-6dec/2"),
        phase="2",
        condition="isf",
        authority=BY_ACTORS,
        asserted_by=("egypt", "qatar"),
    ),
)

LINKS = (
    row(
        "exchange",
        at=IN_FORCE,
        cites=STEPS,
        condition="prisoners",
        other="living",
        type=LinkType.REQUIRES,
        clause="steps/5",
    ),
    row(
        "bodies for remains",
        at=IN_FORCE,
        cites=STEPS,
        condition="bodies",
        other="remains",
        type=LinkType.RECIPROCAL_TO,
        ratio=Decimal(15),
        clause="steps/6",
    ),
    row(
        "withdrawal after arms",
        at=RESOLVED,
        cites=("un-17nov/1",),
        condition="withdrawal",
        other="demilitarisation",
        type=LinkType.CONDITIONAL_ON_VERIFICATION_OF,
        clause="resolution/withdrawal",
    ),
    row(
        "arms after withdrawal",
        at=FORUM,
        cites=("rhc-6dec/2", "dw-6dec/2"),
        condition="demilitarisation",
        other="withdrawal",
        type=LinkType.REQUIRES,
    ),
    row(
        "crossing after last body",
        at=FORUM,
        cites=("i24-6dec/3",),
        condition="rafah",
        other="remains",
        type=LinkType.REQUIRES,
    ),
    row(
        "normal after opening",
        at=RESOLVED,
        cites=("zee-29sep/2",),
        condition="crossing",
        other="rafah",
        type=LinkType.REQUIRES,
    ),
)
