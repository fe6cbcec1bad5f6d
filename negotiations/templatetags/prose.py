"""Markdown of the record as the page shows it."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_info

from negotiations.rules import prose as markdown
from negotiations.selectors.words import Words

register = template.Library()


@register.filter
def prose(words: Words | str | None) -> SafeString:
    """The text as a block with its paragraphs, lists and links; in its own language and direction.

    A bare text has no language of its own: the browser tells its direction.
    """
    if not words:
        return SafeString("")
    if isinstance(words, str):
        return _block(words, "", "auto")
    text, language = words.in_language(get_language() or "en")
    return _block(text, language, "rtl" if get_language_info(language)["bidi"] else "ltr")


def _block(text: str, language: str, direction: str) -> SafeString:
    rendered = mark_safe(markdown.prose(text))  # noqa: S308  sanitised by an allow-list
    if not language or language == get_language():
        return format_html('<div class="prose" dir="{}">{}</div>', direction, rendered)
    return format_html('<div class="prose" lang="{}" dir="{}">{}</div>', language, direction, rendered)
