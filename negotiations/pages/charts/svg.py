"""A small builder of SVG: mirrored for right-to-left, without a style of its own, every text escaped."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_bidi

from negotiations.rules.glyphs import GLYPHS

Point = tuple[float, float]
# A path as SVG writes it, its points apart so that they can be mirrored: ("M", (x, y)), ("C", a, b, c).
Step = tuple[str, *tuple[Point, ...]]

# Advance widths at 12 px of the page's fonts, measured roughly and rounded up: text must not leave its box.
_NARROW, _WIDE, _USUAL, _ARABIC = 3.6, 10.4, 6.7, 6.2


class Drawing:
    """One chart: `title` and `desc` say in words what it shows; x runs in reading direction.

    Coordinates are always given as for left-to-right; in Arabic the builder mirrors them.
    """

    def __init__(self, ident: str, width: float, height: float, *, title: str, desc: str) -> None:
        self.ident, self.width, self.height = ident, width, height
        self.title, self.desc = title, desc
        self.is_rtl = get_language_bidi()
        self.parts: list[str] = []

    def rect(self, x: float, y: float, width: float, height: float, css: str, *, rx: float = 0) -> None:
        self._put("rect", x=self._x(x, width), y=y, width=width, height=height, rx=rx or None, **{"class": css})

    def line(self, start: Point, end: Point, css: str) -> None:
        self._put("line", x1=self._x(start[0]), y1=start[1], x2=self._x(end[0]), y2=end[1], **{"class": css})

    def path(self, steps: Sequence[Step], css: str, *, end: str = "", start: str = "") -> None:
        """A path; `end` and `start` name the arrow heads of this drawing that it bears."""
        d = "".join(
            letter + " ".join(f"{_number(self._x(x))},{_number(y)}" for x, y in points) for letter, *points in steps
        )
        ends = {f"marker-{at}": f"url(#{self.ident}-{name})" for at, name in (("end", end), ("start", start)) if name}
        self._put("path", d=d, **{"class": css}, **ends)

    def polygon(self, points: Sequence[Point], css: str) -> None:
        self._put(
            "polygon", points=" ".join(f"{_number(self._x(x))},{_number(y)}" for x, y in points), **{"class": css}
        )

    def text(self, x: float, y: float, words: str, css: str = "", *, anchor: str = "start") -> None:
        """A line of text; `anchor` is in reading direction."""
        direction = {"direction": "rtl"} if self.is_rtl else {}
        attributes = _attributes({"x": self._x(x), "y": y, "text-anchor": anchor, "class": css or None, **direction})
        self.parts.append(f"<text{attributes}>{escape(words)}</text>")

    def glyph(self, name: str, x: float, y: float, size: float = 14) -> None:
        """The shape that stands for a status or flag."""
        place = _attributes({"x": self._x(x, size), "y": y, "width": size, "height": size, "viewBox": "0 0 16 16"})
        self.parts.append(f'<svg{place} class="glyph c-{name}">{GLYPHS[name]}</svg>')

    def arrow(self, name: str, css: str, *, size: float = 7) -> None:
        """Define an arrow head that paths of this drawing can bear at either end."""
        box = _attributes({"id": f"{self.ident}-{name}", "markerWidth": size, "markerHeight": size})
        self.parts.append(
            f'<defs><marker{box} viewBox="0 0 8 8" refX="7" refY="4" orient="auto-start-reverse"'
            f' markerUnits="userSpaceOnUse"><path d="M0 .8 7 4 0 7.2z" class="{css}"/></marker></defs>'
        )

    def render(self, css: str = "chart") -> SafeString:
        """The whole drawing, named by its title and described for those who cannot see it."""
        size = f"{_number(self.width)} {_number(self.height)}"
        head = (
            f'<svg class="{css}" viewBox="0 0 {size}" width="{_number(self.width)}" height="{_number(self.height)}"'
            f' role="img" aria-labelledby="{self.ident}-t {self.ident}-d">'
            f'<title id="{self.ident}-t">{escape(self.title)}</title>'
            f'<desc id="{self.ident}-d">{escape(self.desc)}</desc>'
        )
        return mark_safe(head + "".join(self.parts) + "</svg>")  # noqa: S308  every text above is escaped

    def _x(self, x: float, width: float = 0) -> float:
        return self.width - x - width if self.is_rtl else x

    def _put(self, tag: str, **attributes: Any) -> None:
        self.parts.append(f"<{tag}{_attributes(attributes)}/>")


def width_of(words: str, size: float = 12) -> float:
    """About how wide a text runs in pixels, for deciding whether it fits."""
    return sum(_advance(letter) for letter in words) * size / 12


def fitted(words: str, width: float, size: float = 12) -> str:
    """The text cut with an ellipsis where it would not fit."""
    if width_of(words, size) <= width:
        return words
    while words and width_of(words + "…", size) > width:
        words = words[:-1]
    return words.rstrip(" ,;:·-") + "…"


def wrapped(words: str, width: float, lines: int, size: float = 12) -> list[str]:
    """The text in at most so many lines, broken between words; the last one is cut where it must be."""
    found: list[str] = []
    rest = words.split()
    while rest and len(found) < lines - 1:
        line = [rest.pop(0)]
        while rest and width_of(" ".join([*line, rest[0]]), size) <= width:
            line.append(rest.pop(0))
        found.append(fitted(" ".join(line), width, size))
    return [*found, fitted(" ".join(rest), width, size)] if rest else found


def _advance(letter: str) -> float:
    if "\u0600" <= letter <= "\u06ff":
        return _ARABIC
    if letter in " .,:;'il|!()·":
        return _NARROW
    return _WIDE if letter in "mwMW%…—" else _USUAL + (1.2 if letter.isupper() else 0)


def _attributes(values: dict[str, Any]) -> str:
    return "".join(
        f' {name}="{escape(_number(value) if isinstance(value, float | int) else value)}"'
        for name, value in values.items()
        if value is not None
    )


def _number(value: float) -> str:
    """A coordinate, never localised: a comma would break the drawing."""
    return f"{value:.1f}".removesuffix(".0")
