"""Illustrative items marked narrower than public, so that readers can see how markings behave.

They are made up, say so, and state nothing about the world.
"""

from __future__ import annotations

from negotiations.rules.codes import Marking

from ..clock import cairo
from ..row import row

MADE_UP = "Illustrative: made up to show how marked content behaves."

MESSAGES = (
    row(
        "illustrative", at=cairo(2025, 12, 8, 11), no_source=MADE_UP, carrier="egypt", sender="hamas",
        recipient="israel", marking=Marking.AMBER, is_illustrative=True, by="mediator", dispute="sequencing",
        subject="Illustrative: an example of a carried message",
        subject_ar="توضيحي: مثال على رسالة منقولة",
        text="Illustrative: this text is made up. A real entry would hold what was carried, for members only.",
        text_ar="توضيحي: هذا النص مختلق. أما القيد الحقيقي فيتضمن ما نُقل، للأعضاء فقط.",
    ),
)  # fmt: skip

# Two wordings of what nobody proposed, so that a comparison has something to show.
PROPOSALS = (
    row(
        "illustrative", at=cairo(2025, 12, 8, 11), no_source=MADE_UP, marking=Marking.AMBER, by="mediator",
        title="Illustrative: one form for the count of trucks",
        title_ar="توضيحي: استمارة واحدة لعدد الشاحنات", tabled_by="egypt", dispute="aid count",
        text=(
            "Illustrative, made up to show how two wordings are compared; nobody proposed this. The sides count "
            "trucks at the crossing on one form. Each side sends its count every seven days in writing. Differences "
            "are discussed at the next meeting."
        ),
    ),
)  # fmt: skip
# (key of the proposal, its next wording)
VERSIONS = (
    (
        "illustrative",
        row(
            "illustrative second", at=cairo(2025, 12, 8, 15), no_source=MADE_UP, by="mediator",
            text=(
                "Illustrative, made up to show how two wordings are compared; nobody proposed this. The sides count "
                "trucks and pallets at the crossing on one form. Each side sends its count every three days in "
                "writing, with the lists it rests on. Differences are discussed at the next meeting."
            ),
        ),
    ),
)  # fmt: skip

# (kind and key of the item, note)
NOTES = (
    (
        ("condition", "withdrawal"),
        row(
            "question", at=cairo(2025, 12, 8, 12), no_source=MADE_UP, by="lead", author="lead", mentions=("analyst",),
            is_question=True, is_illustrative=True,
            text="Illustrative: which published milestones could a verifier of this condition use?",
        ),
    ),
    (
        ("dispute", "border"),
        row(
            "of the north office", at=cairo(2025, 12, 8, 13), no_source=MADE_UP, by="mediator", author="mediator",
            marking=Marking.AMBER_STRICT, organisation="north", is_illustrative=True,
            text="Illustrative: a remark that only the North mediation office reads.",
        ),
    ),
)  # fmt: skip
