"""Icons, statuses, grades, sharing labels and other marks of the domain."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from django import template
from django.contrib.staticfiles import finders
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from negotiations.rules.codes import ConditionStatus, Credibility, Marking, PhaseStatus, Reliability, Stance
from negotiations.templatetags.bars import gate_bar_svg, history_bar_svg, stance_svg
from negotiations.templatetags.glyphs import QUIET
from negotiations.templatetags.glyphs import glyph as draw

register = template.Library()
_STANCE_TINT = {"accepts": "p2", "accepts_with_conditions": "p1", "undecided": "n1", "rejects": "n2"}


@cache
def _icon_body(name: str) -> str:
    found = finders.find(f"icons/{name}.svg")
    if not isinstance(found, str):
        raise template.TemplateSyntaxError(f"there is no icon called {name}")
    return Path(found).read_text("utf-8").split(">", 1)[1].rsplit("</svg>", 1)[0]


@register.simple_tag
def icon(name: str, size: int = 16, *, flip: bool = False) -> SafeString:
    """An outline icon, inlined; it is decoration, its words stand beside it."""
    return mark_safe(  # noqa: S308  only our own files and numbers
        f'<svg{" class=flip" if flip else ""} width="{size}" height="{size}" viewBox="0 0 24 24" fill="none"'
        ' stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"'
        f' aria-hidden="true">{_icon_body(name)}</svg>'
    )


@register.simple_tag
def glyph(name: str, size: int = 16) -> SafeString:
    return mark_safe(draw(name, size=size))  # noqa: S308  built from constants


@register.simple_tag
def status(code: str, label: str = "", *, tint: bool = True, large: bool = False) -> SafeString:
    """A status as glyph and word; `label` replaces the word where the page knows a better one."""
    classes = f"st c-{code}" + (" st-tint" if tint and code not in QUIET else "") + (" st-lg" if large else "")
    word = label or ConditionStatus(code).label
    return format_html('<span class="{}">{}{}</span>', classes, mark_safe(draw(code)), word)  # noqa: S308


@register.simple_tag
def phase_status(code: str) -> SafeString:
    return status(code, label=PhaseStatus(code).label)


@register.simple_tag
def tlp(marking: str, *, quiet: bool = False) -> SafeString:
    """The sharing label, never translated; `quiet` leaves out the chip below AMBER, as tables do."""
    code = Marking(marking)
    if quiet and code in (Marking.CLEAR, Marking.GREEN):
        return format_html('<span class="code" dir="ltr">{}</span>', code.english)
    colour = code.value.split("+")[0].lower()
    return format_html('<span class="tlp tlp-{}" dir="ltr" lang="en">{}</span>', colour, code.english)


@register.simple_tag
def grade(reliability: str, credibility: str) -> SafeString:
    """The Admiralty grade of a piece of evidence, with both words behind it."""
    words = _("; ").join((Reliability(reliability).label, Credibility(credibility).label))
    return format_html(
        '<abbr class="grade" dir="ltr" tabindex="0" title="{}">{}{}</abbr>', words, reliability, credibility
    )


@register.simple_tag
def stance(code: str, label: str = "", *, before: str = "") -> SafeString:
    """A stance on its ruler; `label` replaces the word where what it is about asks for another one."""
    return format_html(
        '<span class="stance">{}{}</span>',
        mark_safe(stance_svg(code, before)),  # noqa: S308  built from constants
        label or Stance(code).label,
    )


@register.filter
def stance_tint(code: str) -> str:
    return _STANCE_TINT.get(code, "")


@register.simple_tag
def gate_bar(statuses: Sequence[str], met: int, total: int) -> SafeString:
    title = _("%(met)s of %(total)s met") % {"met": met, "total": total}
    return mark_safe(gate_bar_svg(statuses, title))  # noqa: S308  the title is escaped, the rest constant


@register.simple_tag
def history_bar(spans: Sequence[tuple[str, float]], first: str, last: str) -> SafeString:
    words = _(", ").join(ConditionStatus(code).label for code, _share in spans)
    return mark_safe(history_bar_svg(spans, words, first=first, last=last, is_rtl=get_language_bidi()))  # noqa: S308  texts are escaped
