"""A stance reads right beside what it is about."""

from __future__ import annotations

from negotiations.rules.codes import DisputeCategory, DisputeType, Stance
from negotiations.rules.stances import is_about_facts, stance_words


def test_nobody_rejects_a_question_of_fact() -> None:
    assert is_about_facts(DisputeCategory.VIOLATION_ATTRIBUTION, DisputeType.INTERPRETATION)
    assert is_about_facts(DisputeCategory.HUMANITARIAN_ACCESS, DisputeType.COUNT)
    assert stance_words(Stance.REJECTS, about_facts=True) == "Disputes it"
    assert stance_words(Stance.ACCEPTS, about_facts=True) == "Acknowledges it"


def test_a_proposition_is_accepted_or_rejected() -> None:
    assert not is_about_facts(DisputeCategory.WITHDRAWAL, DisputeType.SEQUENCING)
    assert stance_words(Stance.REJECTS) == "Rejects"


def test_silence_and_ignorance_keep_their_words() -> None:
    assert stance_words(Stance.SILENT, about_facts=True) == "Silent"
    assert stance_words(Stance.UNKNOWN, about_facts=True) == "Unknown"
