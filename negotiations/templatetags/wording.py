"""Texts of the record in the reader's language, or in their own with the language said."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_info

from negotiations.rules.names import listed
from negotiations.rules.numbers import amount
from negotiations.selectors.people import Who
from negotiations.selectors.words import Words

register = template.Library()


@register.filter
def localized(words: Words | str | None) -> SafeString:
    """The text in the page's language; a text in another one carries its `lang` and `dir`."""
    if not words:
        return SafeString("")
    if isinstance(words, str):
        return SafeString(conditional_escape(words))
    text, language = words.in_language(get_language() or "en")
    if language == (get_language() or "en"):
        return SafeString(conditional_escape(text))
    return format_html('<bdi lang="{}" dir="{}">{}</bdi>', language, _direction(language), text)


@register.filter
def bare(words: Words | str | None) -> str:
    """The same text without markup, for titles and attributes."""
    if not words:
        return ""
    return words if isinstance(words, str) else words.in_language(get_language() or "en")[0]


@register.filter
def names(people: Iterable[Who]) -> str:
    """Several names as a list of the page's language, in the order given."""
    return listed([who.name.here for who in people])


register.filter("amount", amount)


@register.filter
def signed(value: int) -> str:
    """A change with its sign, the minus as long as the plus."""
    return f"+{value}" if value > 0 else str(value).replace("-", "−")


def _direction(language: str) -> str:
    try:
        return "rtl" if get_language_info(language)["bidi"] else "ltr"
    except KeyError:
        return "auto"
