"""Arabic-Indic digits for numbers, and for nothing that is a name."""

from __future__ import annotations

import pytest

from negotiations.rules.digits import in_arabic_digits


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("8 ديسمبر 2025، 14:05", "٨ ديسمبر ٢٠٢٥، ١٤:٠٥"),
        ("1,234.5", "١٬٢٣٤٫٥"),
        ("0.8", "٠٫٨"),
        ("C6 و D-7KQ", "C6 و D-7KQ"),
        ("UTC+3", "UTC+3"),
        ("TLP:AMBER 3", "TLP:AMBER ٣"),
        ("https://example.org/2025/12", "https://example.org/2025/12"),
        ("&#39;5&#x27;", "&#39;٥&#x27;"),
    ],
)
def test_numbers_change_and_names_stay(text: str, shown: str) -> None:
    assert in_arabic_digits(text) == shown
