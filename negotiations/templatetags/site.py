"""What every page's frame needs: the other language's address, the theme, the demonstration's line."""

from __future__ import annotations

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url

register = template.Library()


@register.simple_tag
def in_other_language(request: HttpRequest, language: str) -> str:
    """The address of this very page in another language, query and all."""
    return translate_url(request.get_full_path(), language)


@register.simple_tag
def theme(request: HttpRequest) -> str:
    """The theme chosen on this browser, else the account's; empty to follow the system."""
    chosen = request.COOKIES.get("theme") or getattr(request.user, "theme", "")
    return chosen if chosen in ("light", "dark") else ""


@register.simple_tag
def is_demonstration() -> bool:
    return bool(settings.DEMO)
