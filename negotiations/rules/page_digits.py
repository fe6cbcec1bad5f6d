"""The numbers of a page's texts in Arabic-Indic digits, and nothing else of it."""

from __future__ import annotations

import re

from .digits import in_arabic_digits

TAG = re.compile(r"(<!--.*?-->|<[^>]*>)", re.DOTALL)
NAME = re.compile(r"</?([a-z0-9]+)", re.IGNORECASE)
# Inside these everything stays: what is typed or copied, codes, and whatever is marked as left to right.
KEPT_TAGS = frozenset({"script", "style", "textarea", "code", "pre", "kbd"})
KEPT = re.compile(r"""\bdir=["']?ltr|\blang=["']?en\b|\bclass="[^"]*\b(?:code|grade|tlp)\b""")
VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "path", "rect", "circle", "line", "use", "wbr"})


def with_arabic_digits(html: str) -> str:
    """The page with the numbers of its texts in Arabic-Indic digits; attributes, codes and forms' values stay."""
    kept: list[str] = []
    parts = TAG.split(html)
    for place, part in enumerate(parts):
        if place % 2:
            _follow(part, kept)
        elif not kept:
            parts[place] = in_arabic_digits(part)
    return "".join(parts)


def _follow(tag: str, kept: list[str]) -> None:
    """Keep track of the elements that are open inside the outermost one whose text stays as it is."""
    found = NAME.match(tag)
    if not found:
        return
    name = found.group(1).lower()
    if tag.startswith("</"):
        if kept and kept[-1] == name:
            kept.pop()
    elif name not in VOID and not tag.endswith("/>") and (kept or name in KEPT_TAGS or KEPT.search(tag)):
        kept.append(name)
