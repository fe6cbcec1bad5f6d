"""Small drawings made of a row of statuses: geometry in attributes, paint in classes."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.html import escape

_FULL = frozenset({"met", "waived"})
_PART = {"partly_met": 0.6, "in_progress": 0.42, "reported_met": 0.85}
WIDTH, GAP = 420.0, 2.0
_STEPS = ("rejects", "undecided", "accepts_with_conditions", "accepts")


def gate_bar_svg(statuses: Sequence[str], title: str, *, cell: int = 14, height: int = 11) -> str:
    """One cell for each gate, filled as far as it counts; `title` says the same in words."""
    cells = "".join(_cell(status, at * (cell + 3), cell, height) for at, status in enumerate(statuses))
    width = max(len(statuses) * (cell + 3) - 3, 1)
    return (
        f'<svg class="gb" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img">'
        f"<title>{escape(title)}</title>{cells}</svg>"
    )


def _cell(status: str, left: int, width: int, height: int) -> str:
    if status in _FULL:
        return f'<rect x="{left}" y="0" width="{width}" height="{height}" class="f-{status}" rx="2"/>'
    inner, inside = left + 0.5, width - 1
    frame = f'<rect x="{inner}" y=".5" width="{inside}" height="{height - 1}" class="f-empty" rx="2"/>'
    if status in _PART:
        part = round(inside * _PART[status], 1)
        frame += f'<rect x="{inner}" y=".5" width="{part}" height="{height - 1}" class="f-{status}" rx="2"/>'
    elif status == "contested":
        frame += f'<path d="M{inner} .5h{inside}L{inner} {height - 0.5}z" class="f-contested"/>'
    elif status == "breached":
        middle = left + width / 2
        frame += f'<path d="M{middle - 3} 3h6l-3 5z" class="f-breached"/>'
    elif status == "suspended":
        middle = left + width / 2
        frame += f'<path d="M{middle - 2.5} 3h1.8v5h-1.8zM{middle + 0.7} 3h1.8v5h-1.8z" class="f-suspended"/>'
    return frame


def stance_svg(stance: str, before: str = "") -> str:
    """A ruler of four steps with one of them filled; silent and unknown stand off it, hollow.

    The step that an actor stood on before is a small ring.
    """
    dots = []
    for at, step in enumerate(_STEPS):
        left = 6 + at * 11
        chosen = step == stance
        if step == before and not chosen:
            dots.append(f'<circle cx="{left}" cy="6" r="3" class="dot"/>')
            continue
        dots.append(
            f'<circle cx="{left}" cy="6" r="{4.6 if chosen else 2}" class="{"dot-s" if chosen else "f-line"}"/>'
        )
    width = 46
    if stance not in _STEPS:
        dots.append('<circle cx="54" cy="6" r="4" class="dot"/>')
        width = 60
    size = f'width="{width}" height="12" viewBox="0 0 {width} 12"'
    return f'<svg {size} aria-hidden="true" class="flip">{"".join(dots)}</svg>'


def history_bar_svg(
    spans: Sequence[tuple[str, float]], title: str, *, first: str, last: str, is_rtl: bool = False
) -> str:
    """How long each status held, oldest first, as shares of the width; `title` tells it in words.

    Time runs with the language: from the right where it is written from the right.
    """
    sizes = _sizes([share for _, share in spans])
    width = sum(sizes) + GAP * (len(sizes) - 1)
    left, parts = 0.0, []
    for (status, _share), size in zip(spans, sizes, strict=True):
        x = width - left - size if is_rtl else left
        parts.append(f'<rect x="{x:.1f}" y="4" width="{size:.1f}" height="14" class="f-{status}" rx="3"/>')
        if status == "contested":
            parts.append(_hatch(x, size))
        left += size + GAP
    start, end, direction = (width, 0.0, "rtl") if is_rtl else (0.0, width, "ltr")
    return (
        f'<svg class="chart" viewBox="0 0 {width:.0f} 40" role="img"><title>{escape(title)}</title>{"".join(parts)}'
        f'<text x="{start:.0f}" y="34" direction="{direction}">{escape(first)}</text>'
        f'<text x="{end:.0f}" y="34" direction="{direction}" text-anchor="end">{escape(last)}</text></svg>'
    )


def _sizes(shares: Sequence[float]) -> list[float]:
    """Widths for shares of the time; a short moment stays wide enough to be seen."""
    total = sum(shares) or 1.0
    return [max(share / total * WIDTH - GAP, 3.0) for share in shares]


def _hatch(left: float, size: float) -> str:
    steps = int(size // 7)
    return "".join(
        f'<path d="M{left + at * 7 + 1:.1f} 18 {left + at * 7 + 7:.1f} 4" class="hatch"/>' for at in range(steps)
    )
