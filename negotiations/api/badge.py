"""The drawing of a badge: a title, the verdict and the gate bar, in light and dark, from right to left in Arabic."""

from __future__ import annotations

import base64
import hashlib
import textwrap
from datetime import datetime

from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.timezone import localtime
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from negotiations.selectors.badge import PublicVerdict
from negotiations.templatetags.bars import gate_bar_svg

WIDTH, PAD, LINE = 420, 14, 17
# About as many letters of 12 pixels as fit between the margins.
LETTERS, LINES = 60, 4
_LIGHT = (
    ":root{--surface:#fff;--line:#c9d0d9;--ink:#18212c;--ink-2:#4b5665;--control:#7b8695;--met:#1a5440;--reported:#6f9a80;"
    "--partly:#5a8fd2;--progress:#3a5cc4;--contested:#522b7c;--breached:#a5531d;--suspended:#b3703f}"
)
_DARK = (
    ":root{--surface:#161b22;--line:#3a4552;--ink:#e6eaef;--ink-2:#a9b3bf;--control:#76828f;--met:#9adfc9;"
    "--reported:#337c65;--partly:#62bdef;--progress:#6a8ff2;--contested:#9a66c4;--breached:#da7f2e;--suspended:#c9854c}"
)
STYLE = (
    f"{_LIGHT}@media(prefers-color-scheme:dark){{{_DARK}}}"
    ".card{fill:var(--surface);stroke:var(--line)}"
    "text{font:400 12px system-ui,'Segoe UI',Roboto,'Noto Sans','Noto Sans Arabic',sans-serif;fill:var(--ink)}"
    ".t{font-weight:600;font-size:13px}.s{fill:var(--ink-2);font-size:11px}"
    ".f-met,.f-waived{fill:var(--met)}.f-reported_met{fill:var(--reported)}.f-partly_met{fill:var(--partly)}"
    ".f-in_progress{fill:var(--progress)}.f-contested{fill:var(--contested)}.f-breached{fill:var(--breached)}"
    ".f-suspended{fill:var(--suspended)}.f-empty{fill:var(--surface);stroke:var(--control)}"
)
# The only style the picture's own policy lets in is this very one.
STYLE_HASH = "sha256-" + base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()


def badge_svg(verdict: PublicVerdict) -> str:
    """The badge as a picture that stands for itself: nothing in it is fetched or run."""
    is_rtl = get_language_bidi()
    title = textwrap.shorten(verdict.title.here, LETTERS - 6, placeholder="…")
    # What must be added so that the sentence does not mislead stands with it.
    lines = textwrap.wrap(". ".join((verdict.sentence, *verdict.why)), LETTERS, max_lines=LINES, placeholder="…")
    parts = [_text(title, 26, "t", is_rtl=is_rtl)]
    parts += [_text(line, 48 + at * LINE, "", is_rtl=is_rtl) for at, line in enumerate(lines)]
    below = 48 + len(lines) * LINE
    if verdict.gate is not None:
        words = _("%(met)s of %(total)s met") % {"met": verdict.gate.met, "total": verdict.gate.total}
        width = max(len(verdict.gate.statuses) * 17 - 3, 1)
        left = WIDTH - PAD - width if is_rtl else PAD
        parts.append(_text(words, below + 2, "s", is_rtl=is_rtl, after=width + 8))
        parts.append(f'<g transform="translate({left} {below - 8})">{gate_bar_svg(verdict.gate.statuses, words)}</g>')
        below += LINE
    parts.append(_text(_source(verdict), below + 2, "s", is_rtl=is_rtl))
    height = below + 14
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}"'
        f' role="img" lang="{get_language()}"><title>{escape(verdict.title.here)}: {escape(verdict.sentence)}</title>'
        f'<style>{STYLE}</style><rect class="card" x=".5" y=".5" width="{WIDTH - 1}" height="{height - 1}" rx="6"/>'
        f"{''.join(parts)}</svg>"
    )


def _text(words: str, y: int, name: str, *, is_rtl: bool, after: int = 0) -> str:
    x, direction = (WIDTH - PAD - after, "rtl") if is_rtl else (PAD + after, "ltr")
    return f'<text x="{x}" y="{y}" direction="{direction}" class="{name}">{escape(words)}</text>'


def _source(verdict: PublicVerdict) -> str:
    if verdict.as_of is None:
        return _("Ceasefire Tracker")
    words = _("Ceasefire Tracker, as of %(day)s") % {"day": _day(verdict.as_of)}
    if verdict.known_at is None:
        return words
    return words + " · " + _("as known on %(known)s") % {"known": _day(verdict.known_at)}


def _day(at: datetime) -> str:
    return date_format(localtime(at), "j F Y")
