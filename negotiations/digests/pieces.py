"""Parts of a mail in both forms, and the stylesheet laid into their elements, which mail programs need."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import css_inline
from django.template.loader import render_to_string
from django.utils.translation import get_language_bidi

from .news import arrow

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a mail as HTML, with its styles in it, and as plain text."""

    html: str = ""
    text: str = ""


NOTHING = Piece()


def joined_pieces(pieces: Iterable[Piece]) -> Piece:
    found = list(pieces)
    return Piece("".join(one.html for one in found), "".join(one.text for one in found))


@cache
def stylesheet(name: str) -> str:
    return (HERE / name).read_text("utf-8")


def drawn(template: str, **context: Any) -> str:
    """A part of the body as HTML with its styles inlined."""
    html = render_to_string(f"digests/{template}.html", directions() | context)
    return css_inline.inline_fragment(html.strip(), stylesheet("mail.css"))


def drawn_whole(template: str, **context: Any) -> str:
    """A document with its styles inlined, and the rules for dark and for small screens for whoever knows them."""
    html = render_to_string(f"digests/{template}.html", directions() | context)
    inlined = css_inline.CSSInliner(extra_css=stylesheet("mail.css")).inline(html.strip())
    return inlined.replace("</head>", f"<style>{stylesheet('dark.css')}</style></head>", 1)


def directions() -> dict[str, str]:
    """How templates say which way the language runs; mail programs know no logical sides."""
    start, end = ("right", "left") if get_language_bidi() else ("left", "right")
    return {"start": start, "end": end, "direction": "rtl" if get_language_bidi() else "ltr", "arrow": arrow()}
