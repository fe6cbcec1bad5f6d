"""Arabic-Indic digits for the numbers of a text, leaving codes, addresses and markup as they are."""

from __future__ import annotations

import re

DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
# What begins with a Latin letter, and character references, are names and not numbers: C6, UTC+2, https://…/2025.
TOKEN = re.compile(r"&#?\w+;|[A-Za-z_@#][A-Za-z0-9_@#+−./:?=&%~-]*|[0-9]+(?:[.,:][0-9]+)*")
GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+\.[0-9]+")


def in_arabic_digits(text: str) -> str:
    """The text with its numbers in Arabic-Indic digits; separators follow."""
    return TOKEN.sub(lambda found: _number(found.group()), text)


def _number(token: str) -> str:
    if not token[0].isdigit():
        return token
    if GROUPED.fullmatch(token):
        token = token.replace(",", "٬").replace(".", "٫")
    return token.translate(DIGITS)
