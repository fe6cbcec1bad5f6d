"""The word and the level a status is shown with."""

from __future__ import annotations

import pytest

from negotiations.rules.codes import ConditionStatus
from negotiations.rules.status_words import level, status_label


@pytest.mark.parametrize(
    ("status", "kind", "word"),
    [
        ("met", "milestone", "Met"),
        ("met", "continuous", "Holding"),
        ("breached", "continuous", "Not holding"),
        ("breached", "gate", "Breached"),
        ("contested", "continuous", "Contested"),
    ],
)
def test_what_must_keep_holding_has_words_of_its_own(status: str, kind: str, word: str) -> None:
    assert status_label(status, kind) == word


@pytest.mark.parametrize("status", list(ConditionStatus))
def test_only_plain_progress_has_a_level(status: str) -> None:
    levels = {"not_started": 0, "in_progress": 1, "partly_met": 2, "reported_met": 2, "met": 3}
    assert level(status) == levels.get(status)
